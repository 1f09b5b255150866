<?php

use Illuminate\Support\Facades\Http;

$handle = curl_init();
// ruleid: php.http.ssrf
curl_setopt($handle, CURLOPT_URL, $_GET['url']);
// ruleid: php.http.ssrf
file_get_contents($_POST['feed']);
// ruleid: php.http.ssrf
wp_remote_get('https://' . $_GET['host'] . '/feed');
// ok: php.http.ssrf
curl_setopt($handle, CURLOPT_URL, 'https://api.corp.example/users/' . $_GET['id']);
// ok: php.http.ssrf
curl_setopt($handle, CURLOPT_POSTFIELDS, $_POST['text']);
// ok: php.http.ssrf
file_get_contents('/srv/files/' . $_GET['file']);
// ok: php.http.ssrf
$body = file_get_contents('php://input');
// ok: php.http.ssrf
wp_safe_remote_get($_GET['url']);

class Preview
{
    const FEEDS = ['news' => 'https://news.corp.example/feed'];

    public function show(Request $request)
    {
        // ruleid: php.http.ssrf
        Http::get($request->input('url'));
        // ruleid: php.http.ssrf
        $this->httpClient->request('GET', $request->query('url'));
        // ok: php.http.ssrf
        Http::get("https://api.corp.example/users/{$request->input('id')}");
        // ok: php.http.ssrf
        return Http::get(self::FEEDS[$request->input('feed')]);
    }
}
