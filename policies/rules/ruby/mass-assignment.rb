class UsersController < ApplicationController
  def create
    # ruleid: ruby.rails.mass-assignment
    @user = User.new(params.require(:user).permit!)
    # ruleid: ruby.rails.mass-assignment
    @user.update(params[:user].permit!)
    # ruleid: ruby.rails.mass-assignment
    User.create!(params[:user].to_unsafe_h)
    # ok: ruby.rails.mass-assignment
    @user = User.new(params.require(:user).permit(:name, :email))
    # ok: ruby.rails.mass-assignment
    Audit.log(params.to_unsafe_h)
    # ok: ruby.rails.mass-assignment
    link_to "next", posts_path(params.permit!)
  end
end

# ruleid: ruby.rails.mass-assignment
ActionController::Parameters.permit_all_parameters = true
# ok: ruby.rails.mass-assignment
ActionController::Parameters.action_on_unpermitted_parameters = :raise
