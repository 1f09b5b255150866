require "zip"
require "rubygems/package"

def unpack(path, target)
  Zip::File.open(path) do |zip|
    zip.each do |entry|
      # ruleid: ruby.archive.extract-without-check
      entry.extract(File.join(target, entry.name))
    end
  end
end

def unpack_tar(io, target)
  Gem::Package::TarReader.new(io) do |tar|
    tar.each do |entry|
      destination = File.join(target, entry.full_name)
      # ruleid: ruby.archive.extract-without-check
      File.binwrite(destination, entry.read)
    end
  end
end

def unpack_flat(path, target)
  Zip::File.open(path) do |zip|
    zip.each do |entry|
      # ok: ruby.archive.extract-without-check
      entry.extract(File.join(target, File.basename(entry.name)))
    end
  end
end

def unpack_checked(path, target)
  Zip::File.open(path) do |zip|
    zip.each do |entry|
      destination = File.expand_path(entry.name, target)
      next unless destination.start_with?("#{target}/")

      # ok: ruby.archive.extract-without-check
      entry.extract(destination)
    end
  end
end

def names(users)
  users.each do |entry|
    # ok: ruby.archive.extract-without-check
    File.write("names/#{entry.name}", "x")
  end
end
