class AccountsController < ApplicationController
  # ruleid: ruby.rails.csrf-off
  skip_before_action :verify_authenticity_token, only: [:update]

  def update
    current_user.update(name: "x")
  end
end

class ProfileController < ApplicationController
  # ruleid: ruby.rails.csrf-off
  protect_from_forgery with: :exception, except: [:destroy]
end

class BasketController < ApplicationController
  # ruleid: ruby.rails.csrf-off
  skip_forgery_protection
end

class HooksController < ApplicationController
  # ok: ruby.rails.csrf-off
  skip_before_action :verify_authenticity_token
  before_action :verify_webhook_signature

  def create
    head :ok
  end
end

class TokensController < ApplicationController
  # ok: ruby.rails.csrf-off
  skip_forgery_protection

  before_action do
    authenticate_or_request_with_http_token { |token, _| Token.exists?(digest: digest(token)) }
  end
end

class ApplicationController < ActionController::Base
  # ok: ruby.rails.csrf-off
  protect_from_forgery with: :exception
  # ok: ruby.rails.csrf-off
  skip_before_action :set_locale
end

Rails.application.configure do
  # ok: ruby.rails.csrf-off
  config.action_controller.allow_forgery_protection = false
  config.action_mailer.delivery_method = :test
end

Rails.application.configure do
  config.eager_load = true
  # ruleid: ruby.rails.csrf-off
  config.action_controller.allow_forgery_protection = false
end
