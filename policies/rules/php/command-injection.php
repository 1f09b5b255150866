<?php

use Illuminate\Http\Request;
use Illuminate\Support\Facades\Process as Command;
use Symfony\Component\Process\Process;

// ruleid: php.command.command-injection
system('ping -c1 ' . $_GET['host']);
// ruleid: php.command.command-injection
\Shell_Exec("nslookup {$_POST['host']}");
// ruleid: php.command.command-injection, php.command.variable-in-backticks
$list = `ls $_GET[folder]`;
// ruleid: php.command.variable-in-backticks
$list = `ls {$this->folder}`;
// ruleid: php.command.command-injection
proc_open(sprintf('tar xf %s', $_FILES['archive']['name']), [], $pipes);
// ok: php.command.command-injection
system('ping -c1 ' . escapeshellarg($_GET['host']));
// ok: php.command.command-injection
proc_open(['ping', '-c1', '--', $_GET['host']], [], $pipes);
// ok: php.command.command-injection, php.command.variable-in-backticks
$list = `ls /srv/files`;
// ok: php.command.variable-in-backticks
$sql = 'SELECT `name` FROM `users` WHERE `id` = ' . $id;
// ok: php.command.variable-in-backticks
$list = shell_exec("ls $folder");
// ok: php.command.command-injection
exec('kill -0 ' . (int) $_GET['pid']);
// ok: php.command.command-injection
exec('tar xf ' . $_FILES['archive']['tmp_name']);

class Tools
{
    const TOOLS = ['up' => 'uptime', 'disk' => 'df'];

    public function run(Request $request)
    {
        // ruleid: php.command.command-injection
        Process::fromShellCommandline('convert ' . $request->input('file'))->run();
        // ruleid: php.command.command-injection
        new Process([$request->query('tool'), '--version']);
        // ok: php.command.command-injection
        new Process(['convert', '--', $request->input('file')]);
        // ok: php.command.command-injection
        return shell_exec(self::TOOLS[$request->query('tool')]);
    }

    public function checked(string $unused)
    {
        $host = $_GET['host'];
        if (!preg_match('/\A[a-z0-9.]+\z/', $host)) {
            throw new InvalidArgumentException('unknown host');
        }
        // ok: php.command.command-injection
        return shell_exec('ping -c1 ' . $host);
    }
}
