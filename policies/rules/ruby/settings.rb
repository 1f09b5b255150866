Rails.application.configure do
  config.eager_load = true
  # ruleid: ruby.rails.insecure-setting
  config.force_ssl = false
  # ruleid: ruby.rails.insecure-setting
  config.consider_all_requests_local = true
  # ruleid: ruby.rails.insecure-setting
  config.hosts.clear
  # ruleid: ruby.rails.insecure-setting
  config.action_controller.raise_on_open_redirects = false
  # ok: ruby.rails.insecure-setting
  config.hosts << "shop.example"
  # ruleid: ruby.web.insecure-cookie
  config.session_store :cookie_store, key: "_shop", httponly: false
  # ok: ruby.web.insecure-cookie
  config.session_store :cookie_store, key: "_shop", secure: true
end

Rails.application.configure do
  config.eager_load = false
  # ok: ruby.rails.insecure-setting
  config.consider_all_requests_local = true
end

class App < Sinatra::Base
  # ruleid: ruby.rails.insecure-setting
  disable :protection
  # ruleid: ruby.rails.insecure-setting
  set :protection, except: [:json_csrf]
  # ok: ruby.rails.insecure-setting
  set :protection, true
  # ok: ruby.rails.insecure-setting
  disable :logging
end

class ThemeController < ApplicationController
  def update
    # ruleid: ruby.web.insecure-cookie
    cookies[:session_hint] = { value: params[:hint], secure: false }
    # ruleid: ruby.web.insecure-cookie
    cookies.signed[:user] = { value: 1, httponly: false, expires: 1.day }
    # ok: ruby.web.insecure-cookie
    cookies[:theme] = { value: "dark", httponly: true, secure: true }
    # ok: ruby.web.insecure-cookie
    cookies[:theme] = "dark"
    # ruleid: ruby.web.cors-any-origin
    response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
    # ok: ruby.web.cors-any-origin
    response.headers["Access-Control-Allow-Origin"] = "https://app.example"
  end
end

Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins "*"
    # ruleid: ruby.web.cors-any-origin
    resource "/api/*", headers: :any, methods: :any, credentials: true
  end
  allow do
    origins "https://app.example"
    # ok: ruby.web.cors-any-origin
    resource "/api/*", headers: :any, methods: :any, credentials: true
  end
  allow do
    origins "*"
    # ok: ruby.web.cors-any-origin
    resource "/public/*", headers: :any, methods: [:get]
  end
end
