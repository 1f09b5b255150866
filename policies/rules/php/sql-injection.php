<?php

use Illuminate\Http\Request;
use Illuminate\Support\Facades\DB;

function plain(mysqli $link, PDO $pdo): void
{
    // ruleid: php.sql.sql-injection
    mysqli_query($link, "SELECT * FROM users WHERE name = '" . $_GET['name'] . "'");
    $name = trim($_POST['name'] ?? '');
    // ruleid: php.sql.sql-injection
    $pdo->query("SELECT * FROM users WHERE name = '$name'");
    // ruleid: php.sql.sql-injection
    $pdo->PREPARE("SELECT * FROM users ORDER BY {$_GET['order']}")->execute();
    // ruleid: php.sql.sql-injection
    \pg_query($link, 'DELETE FROM users WHERE id = ' . $_REQUEST['id']);
    $id = (int) $_GET['id'];
    // ok: php.sql.sql-injection
    $pdo->query("SELECT * FROM users WHERE id = $id");
    // ok: php.sql.sql-injection
    $pdo->query('SHOW TABLES FROM ' . Util::backquote($_GET['db']));
    // ok: php.sql.sql-injection
    $statement = $pdo->prepare('SELECT * FROM users WHERE name = ?');
    // ok: php.sql.sql-injection
    $statement->execute([$_GET['name']]);
    // ok: php.sql.sql-injection
    mysqli_query($link, "SELECT * FROM users WHERE name = '" . mysqli_real_escape_string($link, $_GET['name']) . "'");
    // ok: php.sql.sql-injection
    $pdo->query('SELECT * FROM users WHERE name = ' . $pdo->quote($_GET['name']));
}

function listed(PDO $pdo): void
{
    $order = $_GET['order'] ?? 'name';
    if (!in_array($order, ['name', 'born'], true)) {
        exit('unknown order');
    }
    // ok: php.sql.sql-injection
    $pdo->query("SELECT * FROM users ORDER BY $order");
}

class UserController
{
    public function index(Request $request)
    {
        // ruleid: php.sql.sql-injection
        DB::select("SELECT * FROM users WHERE name = '" . $request->input('name') . "'");
        // ruleid: php.sql.sql-injection
        User::query()->whereRaw('age > ' . $request->query('age'))->get();
        // ruleid: php.sql.sql-injection
        \Illuminate\Support\Facades\DB::raw("lower({$request->column})");
        // ok: php.sql.sql-injection
        DB::select('SELECT * FROM users WHERE name = ?', [$request->input('name')]);
        // ok: php.sql.sql-injection
        return User::query()->where('name', $request->input('name'))->whereRaw('age > ?', [$request->query('age')])->get();
    }

    public function search(Request $request, EntityManagerInterface $manager)
    {
        $term = $request->query->get('term');
        // ruleid: php.sql.sql-injection
        $manager->createQuery("SELECT u FROM App\\Entity\\User u WHERE u.name LIKE '%$term%'");
        // ruleid: php.sql.sql-injection
        $manager->getConnection()->executeQuery('SELECT * FROM users WHERE name = "' . $term . '"');
        // ok: php.sql.sql-injection
        $manager->createQuery('SELECT u FROM App\\Entity\\User u WHERE u.name = :name')->setParameter('name', $term);
        // ok: php.sql.sql-injection
        return $manager->getConnection()->executeQuery('SELECT * FROM users WHERE name = ?', [$term]);
    }
}

function plugin(): void
{
    global $wpdb;
    // ruleid: php.sql.sql-injection
    $wpdb->get_results("SELECT * FROM {$wpdb->posts} WHERE post_name = '" . wp_unslash($_GET['slug']) . "'");
    // ok: php.sql.sql-injection
    $wpdb->get_results($wpdb->prepare("SELECT * FROM {$wpdb->posts} WHERE post_name = %s", wp_unslash($_GET['slug'])));
    // ok: php.sql.sql-injection
    $wpdb->query('SELECT 1 WHERE id = ' . absint($_GET['id']));
}

class Users
{
    public function byName($name)
    {
        // ruleid: php.sql.parameter-in-query
        return $this->db->query("SELECT * FROM users WHERE name = '$name'");
    }

    public function remove($link, string $name)
    {
        // ruleid: php.sql.parameter-in-query
        mysqli_query($link, "DELETE FROM users WHERE name = '" . $name . "'");
    }

    public function byId(int $id)
    {
        // ok: php.sql.parameter-in-query
        return $this->db->query("SELECT * FROM users WHERE id = '$id'");
    }

    public function all($table)
    {
        // ok: php.sql.parameter-in-query
        return $this->db->query("SELECT * FROM `$table`");
    }

    public function quoted($name)
    {
        // ok: php.sql.parameter-in-query
        return $this->db->query("SELECT * FROM users WHERE name = '" . $this->db->escape($name) . "'");
    }
}
