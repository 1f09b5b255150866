resource "aws_s3_bucket" "reports" {
  bucket = "reports"
  # ruleid: terraform.aws.public-bucket
  acl    = "public-read"
}

resource aws_s3_bucket_acl uploads {
  bucket = aws_s3_bucket.uploads.id
  # ruleid: terraform.aws.public-bucket
  acl    = "authenticated-read"
}

resource "aws_s3_bucket_acl" "grants" {
  bucket = aws_s3_bucket.reports.id
  access_control_policy {
    grant {
      grantee {
        type = "Group"
        # ruleid: terraform.aws.public-bucket
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
      permission = "READ"
    }
    grant {
      grantee {
        type = "Group"
        # ok: terraform.aws.public-bucket
        uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
      }
      permission = "WRITE"
    }
  }
}

locals {
  list = "public-read-write"
}

resource "aws_s3_object" "upload" {
  bucket = aws_s3_bucket.reports.id
  # ruleid: terraform.aws.public-bucket
  acl    = local.list
}

resource "aws_s3_bucket_acl" "private" {
  bucket = aws_s3_bucket.reports.id
  # ok: terraform.aws.public-bucket
  acl    = "private"
}

resource "aws_s3_bucket_acl" "chosen" {
  bucket = aws_s3_bucket.reports.id
  # ok: terraform.aws.public-bucket
  acl    = var.list
}

resource "example_page" "about" {
  # ok: terraform.aws.public-bucket
  acl = "public-read"
}

resource "aws_s3_bucket_public_access_block" "open" {
  bucket                  = aws_s3_bucket.reports.id
  # ruleid: terraform.aws.public-access-unblocked
  block_public_acls       = false
  # ok: terraform.aws.public-access-unblocked
  block_public_policy     = true
  # ok: terraform.aws.public-access-unblocked
  restrict_public_buckets = var.restrict
}

module "bucket" {
  source = "./bucket"
  # ruleid: terraform.aws.public-access-unblocked
  restrict_public_buckets = false
}

resource "google_storage_bucket_iam_member" "public" {
  bucket = google_storage_bucket.reports.name
  role   = "roles/storage.objectViewer"
  # ruleid: terraform.gcp.public-binding
  member = "allUsers"
}

resource "google_pubsub_topic_iam_binding" "orders" {
  topic   = google_pubsub_topic.orders.name
  role    = "roles/pubsub.publisher"
  # ruleid: terraform.gcp.public-binding
  members = ["group:shop@corp.example", "allAuthenticatedUsers"]
}

resource "google_storage_bucket_access_control" "everybody" {
  bucket = google_storage_bucket.reports.name
  role   = "READER"
  # ruleid: terraform.gcp.public-binding
  entity = "allUsers"
}

data "google_iam_policy" "reports" {
  binding {
    role    = "roles/storage.objectViewer"
    # ruleid: terraform.gcp.public-binding
    members = ["allUsers"]
  }
}

resource "google_storage_bucket_iam_member" "team" {
  bucket = google_storage_bucket.reports.name
  role   = "roles/storage.objectViewer"
  # ok: terraform.gcp.public-binding
  member = "group:reports@corp.example"
}

resource "google_cloud_run_service_iam_member" "site" {
  service = google_cloud_run_service.site.name
  role    = "roles/run.invoker"
  # ok: terraform.gcp.public-binding
  member  = "allUsers"
}

resource "azurerm_storage_container" "reports" {
  name                  = "reports"
  # ruleid: terraform.azure.public-storage
  container_access_type = "container"
}

resource "azurerm_storage_account" "reports" {
  name                            = "reports"
  # ruleid: terraform.azure.public-storage
  allow_nested_items_to_be_public = true
}

resource "azurerm_storage_container" "private" {
  name                  = "private"
  # ok: terraform.azure.public-storage
  container_access_type = "private"
}

resource "azurerm_storage_account" "private" {
  name                            = "private"
  # ok: terraform.azure.public-storage
  allow_nested_items_to_be_public = false
}
