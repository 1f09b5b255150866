#include <boost/asio/ssl.hpp>

void open(boost::asio::ssl::context &context, QNetworkReply *reply) {
    // ruleid: c.tls.verification-off
    context.set_verify_mode(boost::asio::ssl::verify_none);
    // ruleid: c.tls.verification-off
    reply->ignoreSslErrors();
    // ok: c.tls.verification-off
    context.set_verify_mode(boost::asio::ssl::verify_peer);
}
