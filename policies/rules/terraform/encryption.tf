# ok: terraform.aws.not-encrypted
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  # ruleid: terraform.aws.encryption-off
  storage_encrypted = false
}

resource "aws_instance" "shop" {
  root_block_device {
    # ruleid: terraform.aws.encryption-off
    encrypted = false
  }
  ebs_block_device {
    device_name = "/dev/sdb"
    # ok: terraform.aws.encryption-off
    encrypted   = true
  }
}

resource "aws_opensearch_domain" "search" {
  encrypt_at_rest {
    # ruleid: terraform.aws.encryption-off
    enabled = false
  }
  auto_tune_options {
    # ok: terraform.aws.encryption-off
    enabled = false
  }
}

resource "aws_rds_cluster" "orders" {
  engine            = "aurora-postgresql"
  # ok: terraform.aws.encryption-off
  storage_encrypted = var.encrypted
}

# ruleid: terraform.aws.not-encrypted
resource "aws_db_instance" "plain" {
  engine = "postgres"
}

# ruleid: terraform.aws.not-encrypted
resource "aws_efs_file_system" "plain" {
  creation_token = "plain"
}

# ruleid: terraform.aws.not-encrypted
resource "aws_elasticache_replication_group" "plain" {
  replication_group_id = "plain"
}

# ok: terraform.aws.not-encrypted
resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
}

# ok: terraform.aws.not-encrypted
resource "aws_efs_file_system" "closed" {
  encrypted = true
}

# ruleid: terraform.kms.no-rotation
resource "aws_kms_key" "plain" {
  description = "orders"
}

# ruleid: terraform.kms.no-rotation
resource "aws_kms_key" "off" {
  enable_key_rotation = false
}

# ok: terraform.kms.no-rotation
resource "aws_kms_key" "on" {
  enable_key_rotation = true
}

# ok: terraform.kms.no-rotation
resource "aws_kms_key" "signing" {
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "ECC_NIST_P256"
}

# ruleid: terraform.kms.no-rotation
resource "google_kms_crypto_key" "plain" {
  name     = "orders"
  key_ring = google_kms_key_ring.main.id
}

# ok: terraform.kms.no-rotation
resource "google_kms_crypto_key" "on" {
  name            = "orders"
  key_ring        = google_kms_key_ring.main.id
  rotation_period = "7776000s"
}
