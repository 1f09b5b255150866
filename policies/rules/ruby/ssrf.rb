class PreviewsController < ApplicationController
  HOSTS = %w[a.example b.example].freeze

  def show
    url = params[:url]
    # ruleid: ruby.web.ssrf
    Net::HTTP.get(URI(url))
    # ruleid: ruby.web.ssrf
    URI.open(url).read
    # ruleid: ruby.web.ssrf
    HTTParty.get("http://#{params[:host]}/status")
    # ruleid: ruby.web.ssrf
    Faraday.get(params[:url])
    # ruleid: ruby.web.ssrf
    RestClient::Request.execute(method: :get, url: url)
    uri = URI.parse(params[:webhook])
    # ruleid: ruby.web.ssrf
    Net::HTTP.start(uri.host, uri.port) { |http| http.get("/") }
    # ok: ruby.web.ssrf
    Net::HTTP.get(URI("https://api.example/users/#{params[:id]}"))
    # ok: ruby.web.ssrf
    HTTParty.get("https://api.example/search", query: { q: params[:q] })
    # ok: ruby.web.ssrf
    Faraday.post("https://api.example/hook", url)
    # ok: ruby.web.ssrf
    session.fetch(params[:key])
  end

  def listed
    uri = URI.parse(params[:url])
    return head(:bad_request) unless HOSTS.include?(uri.host)

    # ok: ruby.web.ssrf
    Net::HTTP.get(uri)
  end
end
