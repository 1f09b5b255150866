<?php

// ruleid: php.xss.reflected
echo 'Hello ', $_GET['name'];
// ruleid: php.xss.reflected
print "You searched for {$_GET['q']}";
// ruleid: php.xss.reflected
die('Unknown page ' . $_REQUEST['page']);
// ruleid: php.xss.reflected
printf('<b>%s</b>', $_POST['title']);
// ruleid: php.xss.reflected
$body .= '<p>Hello ' . $_GET['name'] . '</p>';
// ok: php.xss.reflected
$body .= '<p>Hello ' . htmlspecialchars($_GET['name'], ENT_QUOTES) . '</p>';
// ok: php.xss.reflected
$note = 'asked for: ' . $_GET['name'];
// ok: php.xss.reflected
echo 'Hello ', htmlspecialchars($_GET['name'], ENT_QUOTES);
// ok: php.xss.reflected
echo esc_html(wp_unslash($_GET['name']));
$post = get_post($_GET['post']);
// ok: php.xss.reflected
echo $post->title;
// ok: php.xss.reflected
echo (int) $_GET['page'];
// ok: php.xss.reflected
echo json_encode(['name' => $_GET['name']]);
// ok: php.xss.reflected
echo isset($_GET['q']) ? 'found' : 'nothing';
// ok: php.xss.reflected
echo $_GET['page'] === 'home' ? 'selected' : '';
?>
<form action="/search">
    <!-- ruleid: php.xss.reflected -->
    <input name="q" value="<?= $_GET['q'] ?? '' ?>">
    <!-- ok: php.xss.reflected -->
    <input name="q" value="<?= htmlspecialchars($_GET['q'] ?? '') ?>">
</form>
<?php

class Greetings
{
    public function show(Request $request)
    {
        // ruleid: php.xss.reflected
        return new Response('<h1>' . $request->query->get('name') . '</h1>');
    }

    public function json(Request $request)
    {
        // ok: php.xss.reflected
        return new JsonResponse(['name' => $request->query->get('name')]);
    }
}
