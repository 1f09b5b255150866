class SessionsController < ApplicationController
  PLACES = { "home" => "/home" }.freeze

  def create
    # ruleid: ruby.web.open-redirect
    redirect_to params[:return_to]
    target = params[:next].presence || root_path
    # ruleid: ruby.web.open-redirect
    redirect_to target, allow_other_host: true
    # ruleid: ruby.web.open-redirect
    redirect_to "https://#{params[:host]}"
    # ok: ruby.web.open-redirect
    redirect_to url_from(params[:return_to]) || root_path
    # ok: ruby.web.open-redirect
    redirect_to PLACES[params[:place]]
    # ok: ruby.web.open-redirect
    redirect_to user_path(params[:id])
    # ok: ruby.web.open-redirect
    redirect_to "/users/#{params[:id]}"
    # ok: ruby.web.open-redirect
    redirect_to action: :show, id: params[:id]
    @post = Post.new(params.require(:post).permit(:title))
    # ok: ruby.web.open-redirect
    redirect_to @post
    # ok: ruby.web.open-redirect
    redirect_to params[:return_to], allow_other_host: false
  end
end

get "/go" do
  # ruleid: ruby.web.open-redirect
  redirect params[:to]
  # ok: ruby.web.open-redirect
  redirect "/users/#{params[:id]}"
  # ok: ruby.web.open-redirect
  redirect to("/")
end
