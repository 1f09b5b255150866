resource "kubernetes_deployment" "shop" {
  spec {
    template {
      spec {
        # ruleid: terraform.kubernetes.host-access
        host_network = true
        # ok: terraform.kubernetes.host-access
        host_pid     = false
        container {
          name  = "shop"
          # ruleid: terraform.kubernetes.image-not-pinned
          image = "registry.corp.example:5000/shop"
          security_context {
            # ruleid: terraform.kubernetes.privileged-container
            privileged = true
          }
        }
        container {
          name  = "log"
          # ruleid: terraform.kubernetes.image-not-pinned
          image = "fluentd:latest"
          security_context {
            # ok: terraform.kubernetes.privileged-container
            privileged = false
          }
        }
        container {
          name  = "proxy"
          # ok: terraform.kubernetes.image-not-pinned
          image = "registry.corp.example:5000/proxy:1.27.2"
        }
        container {
          name  = "cache"
          # ok: terraform.kubernetes.image-not-pinned
          image = "cache@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        }
        container {
          name  = "chosen"
          # ok: terraform.kubernetes.image-not-pinned
          image = "${var.registry}/shop:${var.tag}"
        }
        volume {
          name = "socket"
          host_path {
            # ruleid: terraform.kubernetes.host-access
            path = "/var/run/docker.sock"
          }
        }
        volume {
          name = "settings"
          config_map {
            name = "settings"
            items {
              key  = "settings"
              # ok: terraform.kubernetes.host-access
              path = "settings.yaml"
            }
          }
        }
      }
    }
  }
}

resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([
    {
      name       = "shop"
      image      = "shop:1.4.0"
      # ruleid: terraform.kubernetes.privileged-container
      privileged = true
    },
    {
      name       = "log"
      image      = "log:2.0.1"
      # ok: terraform.kubernetes.privileged-container
      privileged = var.privileged
    }
  ])
}

resource "aws_ecs_task_definition" "text" {
  family = "text"
  # ruleid: terraform.kubernetes.privileged-container
  container_definitions = <<JSON
[{"name": "shop", "image": "shop:1.4.0", "privileged": true}]
JSON
}
