<?php

function unpack_all(ZipArchive $zip, string $folder): void
{
    for ($i = 0; $i < $zip->numFiles; $i++) {
        $name = $zip->getNameIndex($i);
        // ruleid: php.archive.extract-without-check
        file_put_contents($folder . '/' . $name, $zip->getFromIndex($i));
        $stat = $zip->statIndex($i);
        // ruleid: php.archive.extract-without-check
        mkdir("$folder/{$stat['name']}");
        // ok: php.archive.extract-without-check
        file_put_contents($folder . '/' . basename($name), $zip->getFromIndex($i));
    }
}

function unpack_checked(ZipArchive $zip, string $folder): void
{
    // ok: php.archive.extract-without-check
    $zip->extractTo($folder);
    foreach (range(0, 3) as $i) {
        $name = $zip->getNameIndex($i);
        if (str_contains($name, '..')) {
            continue;
        }
        // ok: php.archive.extract-without-check
        copy("zip://archive.zip#$name", "$folder/$name");
    }
}
