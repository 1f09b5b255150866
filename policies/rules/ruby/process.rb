def build(name, path, count)
  # ruleid: ruby.process.shell-with-variable
  system("tar xf #{path}")
  # ruleid: ruby.process.shell-with-variable
  `git log #{name}`
  # ruleid: ruby.process.shell-with-variable
  Open3.capture2e("convert #{path} out.png")
  # ruleid: ruby.process.shell-with-variable
  exec("ls " + path)
  # ok: ruby.process.shell-with-variable
  system("tar", "xf", path)
  # ok: ruby.process.shell-with-variable
  system("tar xf #{Shellwords.escape(path)}")
  # ok: ruby.process.shell-with-variable
  `head -n #{count.to_i} log`
  # ok: ruby.process.shell-with-variable
  `#{COMPILER} --version`
  # ok: ruby.process.shell-with-variable
  puts "tar xf #{path}"
end

def publish(path)
  # ruleid: ruby.process.world-writable
  File.chmod(0777, path)
  # ruleid: ruby.process.world-writable
  FileUtils.chmod_R(0o666, path)
  # ruleid: ruby.process.world-writable
  FileUtils.chmod("a+w", path)
  # ok: ruby.process.world-writable
  File.chmod(0755, path)
  # ok: ruby.process.world-writable
  FileUtils.chmod("u+w", path)
  # ok: ruby.process.world-writable
  FileUtils.mkdir_p(path, mode: 0o1777)
end
