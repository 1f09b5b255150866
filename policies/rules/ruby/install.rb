require "mkmf"

# ruleid: ruby.install.side-effect
system("whoami > /tmp/who")
# ruleid: ruby.install.side-effect
Net::HTTP.get(URI("https://stats.example/?#{Dir.pwd}"))
# ruleid: ruby.install.side-effect
`curl -s https://stats.example/`

Gem::Specification.new do |spec|
  spec.name = "shop"
  # ruleid: ruby.install.side-effect
  spec.version = URI.open("https://stats.example/version").read
  # ok: ruby.install.side-effect
  spec.files = `git ls-files -z`.split("\x0")
  # ok: ruby.install.side-effect
  spec.metadata["homepage_uri"] = "https://shop.example/"
end

# ok: ruby.install.side-effect
system("make -C vendor/lib")
# ok: ruby.install.side-effect
find_executable("curl")
create_makefile("shop/native")
