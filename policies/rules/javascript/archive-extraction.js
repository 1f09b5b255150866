const fs = require("fs");
const path = require("path");
const AdmZip = require("adm-zip");
const unzipper = require("unzipper");
const tar = require("tar-stream");

function unpackZip(file, folder) {
  for (const entry of new AdmZip(file).getEntries()) {
    // ruleid: javascript.node.archive-extraction
    fs.writeFileSync(path.join(folder, entry.entryName), entry.getData());
  }
}

function unpackStream(stream, folder) {
  stream.pipe(unzipper.Parse()).on("entry", (entry) => {
    const target = folder + "/" + entry.path;
    // ruleid: javascript.node.archive-extraction
    entry.pipe(fs.createWriteStream(target));
  });
}

function unpackTar(stream, folder) {
  const extract = tar.extract();
  extract.on("entry", function (header, content, next) {
    // ruleid: javascript.node.archive-extraction
    content.pipe(fs.createWriteStream(path.resolve(folder, header.name)));
    content.on("end", next);
  });
  stream.pipe(extract);
}

function unpackChecked(file, folder) {
  for (const entry of new AdmZip(file).getEntries()) {
    const target = path.resolve(folder, entry.entryName);
    if (!target.startsWith(folder + path.sep)) {
      throw new Error("entry outside of the folder");
    }
    // ok: javascript.node.archive-extraction
    fs.writeFileSync(target, entry.getData());
  }
}

function unpackFlat(stream, folder) {
  stream.pipe(unzipper.Parse()).on("entry", (entry) => {
    // ok: javascript.node.archive-extraction
    entry.pipe(fs.createWriteStream(path.join(folder, path.basename(entry.path))));
  });
}

function list(file, report) {
  const names = new AdmZip(file).getEntries().map((entry) => entry.entryName);
  // ok: javascript.node.archive-extraction
  fs.writeFileSync(report, names.join("\n"));
}
