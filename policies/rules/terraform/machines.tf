terraform {
  # ruleid: terraform.state.unprotected
  backend "s3" {
    bucket  = "state"
    key     = "shop.tfstate"
    encrypt = false
  }
}

terraform {
  # ok: terraform.state.unprotected
  backend "s3" {
    bucket  = "state"
    key     = "shop.tfstate"
    encrypt = true
  }
}

terraform {
  backend "http" {
    # ruleid: terraform.state.unprotected
    address = "http://state.corp.example/shop"
  }
}

data "terraform_remote_state" "network" {
  backend = "http"
  config = {
    # ok: terraform.state.unprotected
    address = "https://state.corp.example/network"
  }
}

resource "aws_instance" "shop" {
  metadata_options {
    # ruleid: terraform.aws.metadata-without-token
    http_tokens = "optional"
  }
}

module "cluster" {
  source = "./cluster"
  metadata_options = {
    # ruleid: terraform.aws.metadata-without-token
    http_tokens = "optional"
  }
}

resource "aws_launch_template" "shop" {
  metadata_options {
    # ok: terraform.aws.metadata-without-token
    http_tokens = "required"
  }
}

resource "aws_launch_template" "chosen" {
  metadata_options {
    # ok: terraform.aws.metadata-without-token
    http_tokens = var.tokens
  }
}

resource "azurerm_linux_virtual_machine" "shop" {
  # ruleid: terraform.azure.password-login
  disable_password_authentication = false
}

resource "azurerm_virtual_machine" "old" {
  os_profile_linux_config {
    # ruleid: terraform.azure.password-login
    disable_password_authentication = false
  }
}

resource "azurerm_linux_virtual_machine" "keys" {
  # ok: terraform.azure.password-login
  disable_password_authentication = true
}

resource "azurerm_linux_virtual_machine" "chosen" {
  # ok: terraform.azure.password-login
  disable_password_authentication = var.keys_only
}

resource "aws_cloudtrail" "main" {
  s3_bucket_name             = aws_s3_bucket.logs.id
  # ruleid: terraform.logging.protection-off
  enable_log_file_validation = false
  # ok: terraform.logging.protection-off
  is_multi_region_trail      = true
}

resource "aws_s3_bucket_versioning" "reports" {
  bucket = aws_s3_bucket.reports.id
  versioning_configuration {
    # ruleid: terraform.logging.protection-off
    status = "Suspended"
  }
}

resource "aws_db_instance" "orders" {
  storage_encrypted       = true
  # ruleid: terraform.logging.protection-off
  backup_retention_period = 0
}

resource "aws_db_instance" "replica" {
  replicate_source_db     = aws_db_instance.orders.identifier
  # ok: terraform.logging.protection-off
  backup_retention_period = 0
}

resource "google_sql_database_instance" "orders" {
  settings {
    backup_configuration {
      # ok: terraform.logging.protection-off
      enabled = true
    }
  }
}
