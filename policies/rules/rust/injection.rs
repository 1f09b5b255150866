async fn command(Query(q): Query<Args>) -> String {
    // ruleid: rust.web.command-injection
    Command::new("sh").arg("-c").arg(format!("ping {}", q.host)).output();
    // ruleid: rust.web.command-injection
    Command::new(&q.program).output();
    // ok: rust.web.command-injection
    Command::new("ping").arg("-c1").arg(&q.host).output();
    // ok: rust.web.command-injection
    Command::new("sh").arg("-c").arg("uptime").output();
    String::new()
}

async fn statement(Path(id): Path<String>, State(db): State<Pool>) -> String {
    let text = format!("select * from users where id = '{}'", id);
    // ruleid: rust.web.sql-injection
    sqlx::query(&text).fetch_one(&db).await;
    // ruleid: rust.web.sql-injection
    diesel::sql_query(text).load(&db);
    // ok: rust.web.sql-injection
    sqlx::query("select * from users where id = $1").bind(id).fetch_one(&db).await;
    let number = id.parse::<i64>();
    // ok: rust.web.sql-injection
    sqlx::query(&format!("select {}", number)).fetch_one(&db).await;
    String::new()
}

async fn file(Query(q): Query<Args>) -> String {
    // ruleid: rust.web.path-traversal
    std::fs::read_to_string(root.join(&q.name));
    // ruleid: rust.web.path-traversal
    File::open(format!("/data/{}", q.name));
    // ok: rust.web.path-traversal
    File::open("/data/list.txt");
    // ok: rust.web.path-traversal
    File::open(root.join(Path::new(&q.name).file_name()));
    String::new()
}

async fn call(Json(body): Json<Hook>) -> String {
    // ruleid: rust.web.ssrf
    reqwest::get(&body.url).await;
    // ruleid: rust.web.ssrf
    client.post(body.url).send().await;
    // ok: rust.web.ssrf
    reqwest::get("https://api.example/list").await;
    // ok: rust.web.ssrf
    cache.get(&body.url);
    String::new()
}

async fn login(Query(q): Query<Args>) -> Redirect {
    // ruleid: rust.web.open-redirect
    Redirect::to(&q.next);
    // ruleid: rust.web.open-redirect
    Redirect::temporary(&q.next);
    // ok: rust.web.open-redirect
    Redirect::to("/home");
    // ok: rust.web.open-redirect
    redirect_log(&q.next)
}

async fn page(Query(q): Query<Args>) -> Html<String> {
    // ruleid: rust.web.xss
    Html(format!("<p>{}</p>", q.name));
    // ruleid: rust.web.xss
    RawHtml(q.name);
    // ok: rust.web.xss
    Html(format!("<p>{}</p>", html_escape::encode_text(&q.name)));
    // ok: rust.web.xss
    Html("<p>hello</p>")
}
