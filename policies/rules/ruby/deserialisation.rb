class StateController < ApplicationController
  def show
    # ruleid: ruby.web.unsafe-deserialisation
    Marshal.load(Base64.decode64(params[:state]))
    # ruleid: ruby.web.unsafe-deserialisation
    YAML.load(request.body.read)
    # ruleid: ruby.web.unsafe-deserialisation
    Oj.load(params[:json], mode: :object)
    answer = Net::HTTP.get(URI("http://state.example/"))
    # ruleid: ruby.web.unsafe-deserialisation
    YAML.unsafe_load(answer)
    # ok: ruby.web.unsafe-deserialisation
    JSON.parse(params[:state])
    # ok: ruby.web.unsafe-deserialisation
    YAML.safe_load(request.body.read, permitted_classes: [Date])
    # ok: ruby.web.unsafe-deserialisation
    YAML.load(File.read("config.yml"))
    state = verifier.verify(params[:state])
    # ok: ruby.web.unsafe-deserialisation
    Marshal.load(state)
    # ok: ruby.web.unsafe-deserialisation
    Oj.load(params[:json], mode: :strict)
  end
end

Rails.application.configure do
  # ruleid: ruby.rails.marshal-cookies
  config.action_dispatch.cookies_serializer = :marshal
  # ok: ruby.rails.marshal-cookies
  config.action_dispatch.cookies_serializer = :json
end

# ruleid: ruby.rails.marshal-cookies
Rails.application.config.action_dispatch.cookies_serializer = :hybrid
# ok: ruby.rails.marshal-cookies
Rails.application.config.filter_parameters += %i[marshal hybrid]
