<?php

// ruleid: php.path.path-traversal
readfile('/srv/files/' . $_GET['file']);
$name = $_POST['name'];
// ruleid: php.path.path-traversal
unlink("uploads/$name");
// ruleid: php.path.path-traversal
move_uploaded_file($_FILES['f']['tmp_name'], 'uploads/' . $_POST['as']);
// ok: php.path.path-traversal
readfile('/srv/files/' . basename($_GET['file']));
// ok: php.path.path-traversal
readfile('/srv/files/' . (int) $_GET['id'] . '.pdf');
// ok: php.path.path-traversal
file_get_contents($_FILES['f']['tmp_name']);
// ok: php.path.path-traversal
file_put_contents('/srv/files/last.txt', $_POST['text']);

class Downloads
{
    public function show(Request $request)
    {
        // ruleid: php.path.path-traversal
        return response()->download(storage_path('invoices/' . $request->query('file')));
    }

    public function symfony(Request $request)
    {
        // ruleid: php.path.path-traversal
        return new BinaryFileResponse('/srv/files/' . $request->query->get('file'));
    }

    public function checked()
    {
        $path = realpath('/srv/files/' . $_GET['file']);
        if ($path === false || !str_starts_with($path, '/srv/files/')) {
            return null;
        }
        // ok: php.path.path-traversal
        return file_get_contents($path);
    }
}

// ok: php.path.path-traversal
$body = file_get_contents('php://input');
