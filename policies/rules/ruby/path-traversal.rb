class FilesController < ApplicationController
  ROOT = Rails.root.join("files").to_s
  PAGES = { "about" => "about.md" }.freeze

  def show
    # ruleid: ruby.web.path-traversal
    send_file "/srv/files/#{params[:name]}"
    # ruleid: ruby.web.path-traversal
    send_file File.join(ROOT, params[:name])
    # ruleid: ruby.web.path-traversal
    File.read("files/" + params[:name])
    # ruleid: ruby.web.path-traversal
    FileUtils.rm_rf(params[:folder])
    # ruleid: ruby.web.path-traversal
    render file: params[:page]
    # ruleid: ruby.web.path-traversal
    Rails.root.join("files", params[:name]).read
    upload = params[:upload]
    # ruleid: ruby.web.path-traversal
    File.binwrite("uploads/#{upload.original_filename}", upload.read)
    # ok: ruby.web.path-traversal
    send_file File.join(ROOT, File.basename(params[:name]))
    # ok: ruby.web.path-traversal
    File.read("files/#{PAGES.fetch(params[:page])}")
    # ok: ruby.web.path-traversal
    send_file "files/#{params[:id].to_i}.pdf"
    # ok: ruby.web.path-traversal
    render :show
    # ok: ruby.web.path-traversal
    File.open(upload.tempfile)
    # ok: ruby.web.path-traversal
    send_file Attachment.find(params[:id]).path
  end

  def checked
    path = File.expand_path(params[:name], ROOT)
    return head(:not_found) unless path.start_with?("#{ROOT}/")

    # ok: ruby.web.path-traversal
    send_file path
  end
end

get "/files/:name" do
  # ruleid: ruby.web.path-traversal
  send_file "public/#{params["name"]}"
end
