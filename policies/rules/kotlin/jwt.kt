package shop.example

import com.auth0.jwt.JWT
import com.auth0.jwt.algorithms.Algorithm
import io.jsonwebtoken.Jwts

fun tokens(token: String, key: SecretKey, pem: RSAPublicKey) {
    // ruleid: kotlin.jwt.unsigned
    JWT.create().withSubject("me").sign(Algorithm.none())
    // ruleid: kotlin.jwt.unsigned
    Jwts.parser().unsecured().build().parse(token)
    // ruleid: kotlin.jwt.unsigned
    Jwts.parserBuilder().build().parseClaimsJwt(token)
    // ok: kotlin.jwt.unsigned
    Jwts.parser().verifyWith(key).build().parseSignedClaims(token)
    // ok: kotlin.jwt.unsigned
    JWT.require(Algorithm.RSA256(pem)).build().verify(token)
}
