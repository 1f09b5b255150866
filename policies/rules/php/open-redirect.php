<?php

// ruleid: php.http.open-redirect
header('Location: ' . $_GET['next']);
// ruleid: php.http.open-redirect
header("Location: {$_POST['return']}");
// ruleid: php.http.open-redirect
wp_redirect($_GET['redirect_to']);
// ok: php.http.open-redirect
wp_safe_redirect($_GET['redirect_to']);
// ok: php.http.open-redirect
header('Location: /users?id=' . $_GET['id']);
// ok: php.http.open-redirect
header('Location: https://' . $_SERVER['HTTP_HOST'] . $_SERVER['REQUEST_URI']);
// ok: php.http.open-redirect
header("Location: /users/{$_GET['name']}");
// ok: php.http.open-redirect
header('X-Name: ' . $_GET['name']);

class Leave
{
    public function laravel(Request $request)
    {
        // ruleid: php.http.open-redirect
        return redirect($request->input('next'));
    }

    public function symfony(Request $request)
    {
        // ruleid: php.http.open-redirect
        return new RedirectResponse($request->query->get('next'));
    }

    public function safe(Request $request)
    {
        // ok: php.http.open-redirect
        return redirect()->route('users.show', ['name' => $request->input('name')]);
    }
}
