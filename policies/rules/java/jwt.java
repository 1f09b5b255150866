package example;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.jsonwebtoken.Jwts;

class Tokens {
    void unsigned(String token, java.security.Key key) {
        // ruleid: java.jwt.unsigned
        String made = JWT.create().withSubject("ann").sign(Algorithm.none());
        // ruleid: java.jwt.unsigned
        Jwts.parser().build().parseUnsecuredClaims(token);
        // ruleid: java.jwt.unsigned
        Jwts.parser().setSigningKey(key).parse(token);
        // ok: java.jwt.unsigned
        Jwts.parser().setSigningKey(key).parseClaimsJws(token);
        // ok: java.jwt.unsigned
        JWT.create().withSubject("ann").sign(Algorithm.HMAC256(load()));
        // ok: java.jwt.unsigned
        DateTimeFormatter.ISO_DATE.parse(token);
    }

    void login(HttpServletRequest request) {
        DecodedJWT token = JWT.decode(request.getHeader("X-Token"));
        // ruleid: java.jwt.not-verified
        request.getSession().setAttribute("user", token.getSubject());
    }

    boolean admin(String text) {
        DecodedJWT token = JWT.decode(text);
        // ruleid: java.jwt.not-verified
        return token.getClaim("role").asString().equals("admin");
    }

    boolean adminVerified(String text, Algorithm algorithm) {
        DecodedJWT token = JWT.require(algorithm).build().verify(text);
        // ok: java.jwt.not-verified
        return token.getClaim("role").asString().equals("admin");
    }

    boolean adminByKeyId(String text) {
        String id = JWT.decode(text).getKeyId();
        DecodedJWT token = JWT.require(keys.get(id)).build().verify(text);
        // ok: java.jwt.not-verified
        return token.getClaim("role").asString().equals("admin");
    }

    String expires(String text) {
        // ok: java.jwt.not-verified
        return JWT.decode(text).getExpiresAt().toString();
    }
}
