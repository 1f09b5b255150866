<?php

class Uploads
{
    public function plain()
    {
        // ruleid: php.upload.client-chosen-name
        move_uploaded_file($_FILES['f']['tmp_name'], 'uploads/' . basename($_FILES['f']['name']));
    }

    public function laravel($request)
    {
        $file = $request->file('avatar');
        // ruleid: php.upload.client-chosen-name
        $file->move(public_path('avatars'), $file->getClientOriginalName());
        // ok: php.upload.client-chosen-name
        $file->store('avatars');
        // ok: php.upload.client-chosen-name
        $file->move(public_path('avatars'), Str::uuid() . '.png');
    }

    public function checked()
    {
        if (!in_array(pathinfo($_FILES['f']['name'], PATHINFO_EXTENSION), ['png', 'jpg'], true)) {
            return;
        }
        // ok: php.upload.client-chosen-name
        move_uploaded_file($_FILES['f']['tmp_name'], 'uploads/' . bin2hex(random_bytes(16)));
    }
}
