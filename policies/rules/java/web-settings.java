class Settings {
  void cookies(Cookie cookie, javax.servlet.http.Cookie other, String id) {
    // ruleid: java.cookie.not-secure
    cookie.setSecure(false);
    // ruleid: java.cookie.not-secure
    other.setSecure(false);
    // ok: java.cookie.not-secure
    cookie.setSecure(true);
    // ok: java.cookie.not-secure
    cookie.setSecure(request.isSecure());
    // ruleid: java.cookie.readable-by-scripts
    cookie.setHttpOnly(false);
    // ruleid: java.cookie.readable-by-scripts
    ResponseCookie.from("session", id).path("/").httpOnly(false);
    // ok: java.cookie.readable-by-scripts
    cookie.setHttpOnly(true);
    // ok: java.cookie.readable-by-scripts
    ResponseCookie.from("session", id).path("/").httpOnly(true);
  }

  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    // ruleid: java.spring.csrf-off
    http.csrf().disable();
    // ruleid: java.spring.csrf-off
    http.csrf(protection -> protection.disable());
    // ok: java.spring.csrf-off
    http.cors(AbstractHttpConfigurer::disable);
    return http.build();
  }

  SecurityFilterChain tokens(HttpSecurity http) throws Exception {
    // ok: java.spring.csrf-off
    http.csrf(AbstractHttpConfigurer::disable);
    http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    return http.build();
  }

  CorsConfiguration origins() {
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowCredentials(true);
    // ruleid: java.spring.cors-any-origin
    cors.addAllowedOriginPattern("*");
    // ok: java.spring.cors-any-origin
    cors.addAllowedOriginPattern("https://*.example.com");
    return cors;
  }

  void mappings(CorsRegistry registry) {
    // ruleid: java.spring.cors-any-origin
    registry.addMapping("/**").allowedOriginPatterns("*").allowCredentials(true);
    // ok: java.spring.cors-any-origin
    registry.addMapping("/**").allowedOriginPatterns("*");
  }

  void passwords(User.UserBuilder user, String hash) {
    // ruleid: java.spring.plain-passwords
    PasswordEncoder none = NoOpPasswordEncoder.getInstance();
    // ruleid: java.spring.plain-passwords
    user.password("{noop}hello");
    // ok: java.spring.plain-passwords
    user.password(hash);
    // ok: java.spring.plain-passwords
    PasswordEncoder good = new BCryptPasswordEncoder();
  }

  void errors(HttpServletResponse response, Exception error) throws Exception {
    // ruleid: java.servlet.error-details
    error.printStackTrace(response.getWriter());
    // ruleid: java.servlet.error-details
    response.getWriter().println(ExceptionUtils.getStackTrace(error));
    // ok: java.servlet.error-details
    error.printStackTrace();
    // ok: java.servlet.error-details
    response.sendError(500, "error 4711");
  }

  void rights(File file, Path path) throws Exception {
    // ruleid: java.files.world-writable
    file.setWritable(true, false);
    // ruleid: java.files.world-writable
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    // ok: java.files.world-writable
    file.setWritable(true);
    // ok: java.files.world-writable
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
