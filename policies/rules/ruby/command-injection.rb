require "open3"

class ToolsController < ApplicationController
  TOOLS = { "disk" => "df", "time" => "uptime" }.freeze

  def ping
    host = params[:host].downcase
    # ruleid: ruby.web.command-injection
    system("ping -c1 #{host}")
    # ruleid: ruby.web.command-injection
    exec "ping -c1 " + host
    # ruleid: ruby.web.command-injection
    @answer = `ping -c1 #{host}`
    # ruleid: ruby.web.command-injection
    %x(dig #{params[:name]})
    # ruleid: ruby.web.command-injection
    Open3.capture2e("ping -c1 %s" % host)
    # ruleid: ruby.web.command-injection
    IO.popen(["/bin/sh", "-c", "ping #{host}"])
    # ruleid: ruby.web.command-injection
    system("bash", "-c", params[:script])
    # ruleid: ruby.web.command-injection
    open(params[:file])
    # ruleid: ruby.web.command-injection
    system(params[:tool], "--help")
    # ok: ruby.web.command-injection
    system("ping", "-c1", "--", host)
    # ok: ruby.web.command-injection
    system("ping -c1 #{Shellwords.escape(host)}")
    quoted = host.shellescape
    # ok: ruby.web.command-injection
    `ping -c1 #{quoted}`
    # ok: ruby.web.command-injection
    system("sleep #{params[:seconds].to_i}")
    # ok: ruby.web.command-injection
    system(TOOLS.fetch(params[:tool]))
    # ok: ruby.web.command-injection
    File.open(File.basename(params[:file]))
    # ok: ruby.web.command-injection
    Open3.capture2e("ping", "-c1", host)
  end

  def each_host
    params[:hosts].each do |host|
      # ruleid: ruby.web.command-injection
      system("ping -c1 #{host}")
    end
  end

  def listed
    tool = params[:tool]
    return head(:not_found) unless TOOLS.key?(tool)

    # ok: ruby.web.command-injection
    system(tool)
  end
end

post "/run" do
  # ruleid: ruby.web.command-injection
  spawn(request.body.read)
end
