resource "aws_cloudfront_distribution" "shop" {
  viewer_certificate {
    # ruleid: terraform.tls.old-version
    minimum_protocol_version = "TLSv1.1_2016"
  }
  default_cache_behavior {
    # ruleid: terraform.tls.plain-http
    viewer_protocol_policy = "allow-all"
  }
  ordered_cache_behavior {
    # ok: terraform.tls.plain-http
    viewer_protocol_policy = "redirect-to-https"
  }
}

resource "aws_lb_listener" "old" {
  port       = 443
  # ok: terraform.tls.plain-http
  protocol   = "HTTPS"
  # ruleid: terraform.tls.old-version
  ssl_policy = "ELBSecurityPolicy-2016-08"
}

resource "azurerm_storage_account" "old" {
  # ruleid: terraform.tls.old-version
  min_tls_version            = "TLS1_0"
  # ruleid: terraform.tls.plain-http
  https_traffic_only_enabled = false
}

resource "azurerm_redis_cache" "new" {
  # ok: terraform.tls.old-version
  minimum_tls_version = "1.2"
}

resource "aws_lb_listener" "new" {
  # ok: terraform.tls.old-version
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}

resource "example_release" "tool" {
  # ok: terraform.tls.old-version
  version = "1.1"
}

resource "aws_lb_listener" "plain" {
  port     = 80
  # ruleid: terraform.tls.plain-http
  protocol = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_lb_listener" "redirect" {
  port     = 80
  # ok: terraform.tls.plain-http
  protocol = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_target_group" "shop" {
  port     = 8080
  # ok: terraform.tls.plain-http
  protocol = "HTTP"
}

provider "vault" {
  address         = "https://vault.corp.example"
  # ruleid: terraform.tls.verification-off
  skip_tls_verify = true
}

data "http" "addresses" {
  url      = "https://forge.example/addresses"
  # ruleid: terraform.tls.verification-off
  insecure = true
}

provider "kubernetes" {
  host                   = var.host
  # ok: terraform.tls.verification-off
  insecure               = false
  cluster_ca_certificate = var.authority
}

resource "example_door" "front" {
  # ok: terraform.tls.verification-off
  insecure = true
}
