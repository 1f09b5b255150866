provider "aws" {
  region     = "eu-central-1"
  # ruleid: terraform.secrets.hardcoded-secret
  secret_key = "q8Zk3rT1vY6bN0mW4xL7pD2sH5jF9gC+aE/uK1oI"
}

resource "aws_db_instance" "orders" {
  username = "shop"
  # ruleid: terraform.secrets.hardcoded-secret
  password = "Winter-2024!rain"
}

resource "aws_lambda_function" "orders" {
  environment {
    variables = {
      # ruleid: terraform.secrets.hardcoded-secret
      PAYMENT_API_KEY = "pk9f8e7d6c5b4a39281706f5e4d3c2b1"
      # ok: terraform.secrets.hardcoded-secret
      PAYMENT_URL     = "https://pay.corp.example/v1"
      # ok: terraform.secrets.hardcoded-secret
      DB_PASSWORD     = var.db_password
      # ok: terraform.secrets.hardcoded-secret
      MAIL_PASSWORD   = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:mail"
    }
  }
}

resource "azurerm_mssql_server" "orders" {
  administrator_login          = "shop"
  # ok: terraform.secrets.hardcoded-secret
  administrator_login_password = random_password.orders.result
}

resource "kubernetes_deployment" "shop" {
  # ok: terraform.secrets.hardcoded-secret
  token    = "orders-api-token"
  # ok: terraform.secrets.hardcoded-secret
  password = "${var.prefix}-${random_id.end.hex}"
}

variable "db_password" {
  type      = string
  sensitive = true
  # ruleid: terraform.secrets.default-secret
  default   = "postgres"
}

variable "api_key" {
  # ruleid: terraform.secrets.default-secret
  default = "k3y-For-Everybody"
}

variable "mail_password" {
  type      = string
  # ok: terraform.secrets.default-secret
  sensitive = true
}

variable "access_token" {
  description = "secret that holds the token"
  # ok: terraform.secrets.default-secret
  default     = "credentials"
}

variable "cache_password" {
  # ok: terraform.secrets.default-secret
  default = null
}

variable "empty_password" {
  # ok: terraform.secrets.default-secret
  default = ""
}

variable "password_length" {
  # ok: terraform.secrets.default-secret
  default = "twenty"
}

resource "example_host" "shop" {
  # ruleid: terraform.secrets.private-key
  ssh = <<-KEY
    -----BEGIN RSA PRIVATE KEY-----
    b3JkZXJzIGFyZSBub3QgYSBrZXkgYnV0IGxvb2sgbGlrZSBvbmU
    -----END RSA PRIVATE KEY-----
  KEY
  # ok: terraform.secrets.private-key
  public = <<-KEY
    -----BEGIN PUBLIC KEY-----
    b3JkZXJzIGFyZSBub3QgYSBrZXkgYnV0IGxvb2sgbGlrZSBvbmU
    -----END PUBLIC KEY-----
  KEY
}

provider "aws" {
  alias      = "other"
  # ruleid: terraform.secrets.private-key
  access_key = "AKIAAAAABBBBCCCCDDDD"
}

provider "aws" {
  alias      = "manual"
  # ok: terraform.secrets.private-key
  access_key = "AKIAIOSFODNN7EXAMPLE"
}
