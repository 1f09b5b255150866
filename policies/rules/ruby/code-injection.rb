class ReportsController < ApplicationController
  REPORTS = { "sales" => SalesReport }.freeze

  def show
    # ruleid: ruby.web.code-injection
    eval(params[:formula])
    # ruleid: ruby.web.code-injection
    Report.class_eval("def total; #{params[:body]}; end")
    # ruleid: ruby.web.code-injection
    render inline: "<h1>#{params[:title]}</h1>"
    # ruleid: ruby.web.code-injection
    ERB.new(params[:template]).result(binding)
    # ok: ruby.web.code-injection
    render inline: "<h1><%= @title %></h1>"
    # ok: ruby.web.code-injection
    ERB.new(File.read("report.erb")).result_with_hash(title: params[:title])
    # ok: ruby.web.code-injection
    eval("1 + #{params[:number].to_i}")
    # ok: ruby.web.code-injection
    render plain: params[:title]
  end

  def reflect
    # ruleid: ruby.web.unsafe-reflection
    params[:kind].classify.constantize.new
    # ruleid: ruby.web.unsafe-reflection
    @report.send(params[:column])
    # ruleid: ruby.web.unsafe-reflection
    Object.const_get(params[:kind])
    # ok: ruby.web.unsafe-reflection
    REPORTS.fetch(params[:kind]).new
    # ok: ruby.web.unsafe-reflection
    @report.public_send(:total)
    # ok: ruby.web.unsafe-reflection
    "Reports::#{params[:kind]}".constantize
    # ok: ruby.web.unsafe-reflection
    @report.send("show_#{params[:kind]}")
    column = params[:column]
    if %w[total count].include?(column)
      # ok: ruby.web.unsafe-reflection
      @report.public_send(column)
    end
  end

  def search
    # ruleid: ruby.web.regexp-injection
    @lines.grep(Regexp.new(params[:query]))
    # ruleid: ruby.web.regexp-injection
    @lines.grep(/#{params[:query]}/i)
    # ok: ruby.web.regexp-injection
    @lines.grep(Regexp.new(Regexp.escape(params[:query])))
    # ok: ruby.web.regexp-injection
    @lines.select { |line| line.include?(params[:query]) }
    quoted = Regexp.escape(params[:query])
    # ok: ruby.web.regexp-injection
    @lines.grep(/#{quoted}/i)
  end
end

get "/page" do
  # ruleid: ruby.web.code-injection
  erb "<p>#{params[:text]}</p>"
  # ok: ruby.web.code-injection
  erb :page, locals: { text: params[:text] }
end
