class PagesController < ApplicationController
  BADGE = "<b>new</b>"

  def show
    # ruleid: ruby.rails.xss
    flash[:notice] = params[:message].html_safe
    # ruleid: ruby.rails.xss
    raw(params[:message])
    text = "Hello " + params[:name]
    # ruleid: ruby.rails.xss
    render html: text.html_safe
    # ok: ruby.rails.xss
    h(params[:message]).html_safe
    # ok: ruby.rails.xss
    raw(sanitize(params[:message], tags: %w[b i]))
    # ok: ruby.rails.xss
    render html: params[:name]
    # ok: ruby.rails.xss
    raw(params[:page].to_i)
    # ok: ruby.rails.xss
    "<br>".html_safe
  end

  def badge(user, count)
    # ruleid: ruby.rails.html-safe-interpolation
    "<b>#{user.name}</b>".html_safe
    # ruleid: ruby.rails.html-safe-interpolation
    raw("<i title='#{user.title}'></i>")
    # ok: ruby.rails.html-safe-interpolation
    "<b>#{h(user.name)}</b>".html_safe
    # ok: ruby.rails.html-safe-interpolation
    "<b>#{count.to_i}</b>#{BADGE}".html_safe
    # ok: ruby.rails.html-safe-interpolation
    "<b>#{link_to(user.name, user)}</b>".html_safe
    # ok: ruby.rails.html-safe-interpolation
    "<b>#{user.name}</b>"
  end
end

get "/hello" do
  # ruleid: ruby.sinatra.xss
  "<h1>Hello #{params[:name]}</h1>"
end

get "/hello/:name" do
  # ruleid: ruby.sinatra.xss
  "Hello " + params["name"]
end

get "/escaped" do
  # ok: ruby.sinatra.xss
  "<h1>Hello #{Rack::Utils.escape_html(params[:name])}</h1>"
end

get "/number" do
  # ok: ruby.sinatra.xss
  "<h1>#{params[:page].to_i}</h1>"
end

get "/data" do
  content_type :json
  # ok: ruby.sinatra.xss
  "{\"html\": \"<b>#{params[:name]}</b>\"}"
end
