data "aws_iam_policy_document" "admin" {
  # ruleid: terraform.aws.iam-everything
  statement {
    sid       = "All"
    resources = ["*"]
    actions   = ["*"]
  }

  # ok: terraform.aws.iam-everything
  statement {
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]
  }

  # ok: terraform.aws.iam-everything
  statement {
    actions   = ["ec2:Describe*"]
    resources = ["*"]
  }

  # ok: terraform.aws.iam-everything
  statement {
    actions   = ["*"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/team"
      values   = ["shop"]
    }
  }
}

resource "aws_iam_policy" "encoded" {
  policy = jsonencode({
    Version = "2012-10-17"
    # ruleid: terraform.aws.iam-everything
    Statement = [{
      Effect   = "Allow"
      Action   = "*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_role_policy" "quoted" {
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      # ruleid: terraform.aws.iam-everything
      {
        "Resource" : ["*"],
        "Action" : ["s3:GetObject", "*:*"],
        "Effect" : "Allow"
      },
      # ok: terraform.aws.iam-everything
      {
        "Effect" : "Allow",
        "Action" : "s3:*",
        "Resource" : "*"
      },
      # ok: terraform.aws.iam-everything
      {
        "Effect" : "Deny",
        "Action" : "*",
        "Resource" : "*"
      }
    ]
  })
}

resource "aws_iam_policy" "text" {
  # ruleid: terraform.aws.iam-everything
  policy = <<POLICY
{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "${aws_s3_bucket.reports.arn}"},
    {"Effect": "Allow", "Action": ["*"], "Resource": "*"}
  ]
}
POLICY
}

resource "aws_iam_policy" "narrow" {
  # ok: terraform.aws.iam-everything
  policy = <<-POLICY
  {
    "Version": "2012-10-17",
    "Statement": [
      {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
      {"Effect": "Deny", "Action": "*", "Resource": "*"}
    ]
  }
  POLICY
}

resource "aws_kms_key" "key" {
  enable_key_rotation = true
  policy = jsonencode({
    Statement = [
      # ok: terraform.aws.iam-everything
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "*"
        Resource  = "*"
      }
    ]
  })
}

data "aws_iam_policy_document" "trust" {
  # ruleid: terraform.aws.anybody-assumes-role
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }

  # ok: terraform.aws.anybody-assumes-role
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }

  # ok: terraform.aws.anybody-assumes-role
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = [var.organisation]
    }
  }
}

resource "aws_iam_role" "encoded" {
  assume_role_policy = jsonencode({
    # ruleid: terraform.aws.anybody-assumes-role
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" }
    }]
  })
}

resource "aws_iam_role" "text" {
  # ruleid: terraform.aws.anybody-assumes-role
  assume_role_policy = <<JSON
{
  "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]
}
JSON
}

resource "aws_iam_role" "service" {
  # ok: terraform.aws.anybody-assumes-role
  assume_role_policy = <<JSON
{
  "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]
}
JSON
}

data "aws_iam_policy_document" "bucket" {
  # ruleid: terraform.aws.policy-for-everybody
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.reports.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  # ok: terraform.aws.policy-for-everybody
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.reports.arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    # ruleid: terraform.aws.policy-for-everybody
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.orders.arn
    }]
  })
}

resource "aws_sqs_queue_policy" "topic" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    # ok: terraform.aws.policy-for-everybody
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.orders.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.orders.arn } }
    }]
  })
}

resource "aws_sns_topic_policy" "text" {
  arn    = aws_sns_topic.orders.arn
  # ruleid: terraform.aws.policy-for-everybody
  policy = <<JSON
{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "SNS:Publish", "Resource": "*"}]}
JSON
}

resource "aws_lambda_permission" "everybody" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  # ruleid: terraform.aws.policy-for-everybody
  principal     = "*"
}

resource "aws_lambda_permission" "gateway" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  # ok: terraform.aws.policy-for-everybody
  principal     = "apigateway.amazonaws.com"
  source_arn    = aws_api_gateway_rest_api.shop.execution_arn
}

resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.orders.function_name
  # ruleid: terraform.aws.policy-for-everybody
  authorization_type = "NONE"
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.service.name
  # ruleid: terraform.iam.administrator-role
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "reader" {
  role       = aws_iam_role.service.name
  # ok: terraform.iam.administrator-role
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "google_project_iam_member" "build" {
  project = var.project
  # ruleid: terraform.iam.administrator-role
  role    = "roles/editor"
  member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "log" {
  project = var.project
  # ok: terraform.iam.administrator-role
  role    = "roles/logging.logWriter"
  member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
}

resource "azurerm_role_assignment" "build" {
  scope                = data.azurerm_subscription.main.id
  # ruleid: terraform.iam.administrator-role
  role_definition_name = "Owner"
  principal_id         = var.build
}

resource "kubernetes_cluster_role_binding" "build" {
  metadata {
    name = "build"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    # ruleid: terraform.iam.administrator-role
    name      = "cluster-admin"
  }
}

resource "kubernetes_cluster_role" "build" {
  metadata {
    name = "build"
  }
  # ruleid: terraform.iam.administrator-role
  rule {
    api_groups = ["*"]
    resources  = ["*"]
    verbs      = ["*"]
  }
  # ok: terraform.iam.administrator-role
  rule {
    api_groups = [""]
    resources  = ["pods"]
    verbs      = ["get", "list"]
  }
}
