resource "aws_security_group" "web" {
  name = "web"

  # ruleid: terraform.aws.open-admin-port
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]
  }

  # ruleid: terraform.aws.open-admin-port
  ingress {
    protocol         = "-1"
    ipv6_cidr_blocks = ["::/0"]
    from_port        = 0
    to_port          = 0
  }

  # ok: terraform.aws.open-admin-port
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  # ok: terraform.aws.open-admin-port
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.20.0.0/16"]
  }

  # ok: terraform.aws.open-admin-port
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "many" {
  dynamic "ingress" {
    for_each = var.groups
    # ruleid: terraform.aws.open-admin-port
    content {
      from_port   = 3000
      to_port     = 6000
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  dynamic "egress" {
    for_each = var.groups
    # ok: terraform.aws.open-admin-port
    content {
      from_port   = 0
      to_port     = 65535
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

# ruleid: terraform.aws.open-admin-port
resource "aws_security_group_rule" "database" {
  type              = "ingress"
  from_port         = "5432"
  to_port           = "5432"
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = aws_security_group.web.id
}

# ok: terraform.aws.open-admin-port
resource "aws_security_group_rule" "out" {
  type              = "egress"
  from_port         = 0
  to_port           = 65535
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = aws_security_group.web.id
}

# ruleid: terraform.aws.open-admin-port
resource "aws_vpc_security_group_ingress_rule" "remote" {
  security_group_id = aws_security_group.web.id
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 3389
  to_port           = 3389
  ip_protocol       = "tcp"
}

# ok: terraform.aws.open-admin-port
resource "aws_vpc_security_group_ingress_rule" "chosen" {
  security_group_id = aws_security_group.web.id
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = var.port
  to_port           = var.port
  ip_protocol       = "tcp"
}

# ruleid: terraform.azure.open-admin-port
resource "azurerm_network_security_rule" "ssh" {
  priority                   = 100
  direction                  = "Inbound"
  access                     = "Allow"
  protocol                   = "Tcp"
  source_port_range          = "*"
  destination_port_range     = "22"
  source_address_prefix      = "Internet"
  destination_address_prefix = "*"
}

resource "azurerm_network_security_group" "web" {
  # ruleid: terraform.azure.open-admin-port
  security_rule {
    direction               = "Inbound"
    access                  = "Allow"
    source_address_prefix   = "*"
    destination_port_ranges = ["443", "3389"]
  }
  # ok: terraform.azure.open-admin-port
  security_rule {
    direction              = "Inbound"
    access                 = "Deny"
    source_address_prefix  = "*"
    destination_port_range = "*"
  }
  # ok: terraform.azure.open-admin-port
  security_rule {
    direction              = "Outbound"
    access                 = "Allow"
    source_address_prefix  = "*"
    destination_port_range = "*"
  }
}

# ok: terraform.azure.open-admin-port
resource "azurerm_network_security_rule" "ping" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Icmp"
  source_address_prefix  = "*"
  destination_port_range = "*"
}

# ok: terraform.azure.open-admin-port
resource "azurerm_network_security_rule" "web" {
  direction              = "Inbound"
  access                 = "Allow"
  source_address_prefix  = "*"
  destination_port_range = "443"
}

resource "google_compute_firewall" "ssh" {
  network       = google_compute_network.main.name
  source_ranges = ["0.0.0.0/0"]
  # ruleid: terraform.gcp.open-admin-port
  allow {
    protocol = "tcp"
    ports    = ["80", "22"]
  }
  # ok: terraform.gcp.open-admin-port
  allow {
    protocol = "icmp"
  }
}

resource "google_compute_firewall" "all" {
  network       = google_compute_network.main.name
  # ruleid: terraform.gcp.open-admin-port
  allow {
    protocol = "tcp"
  }
  source_ranges = ["0.0.0.0/0"]
}

resource "google_compute_firewall" "web" {
  network       = google_compute_network.main.name
  source_ranges = ["0.0.0.0/0"]
  # ok: terraform.gcp.open-admin-port
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}

resource "google_compute_firewall" "proxy" {
  network       = google_compute_network.main.name
  source_ranges = ["35.235.240.0/20"]
  # ok: terraform.gcp.open-admin-port
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "aws_db_instance" "orders" {
  engine              = "postgres"
  # ruleid: terraform.database.public
  publicly_accessible = true
}

resource "google_sql_database_instance" "orders" {
  settings {
    ip_configuration {
      authorized_networks {
        name  = "all"
        # ruleid: terraform.database.public
        value = "0.0.0.0/0"
      }
      authorized_networks {
        name  = "office"
        # ok: terraform.database.public
        value = "192.0.2.0/28"
      }
    }
  }
}

resource "azurerm_mssql_firewall_rule" "all" {
  start_ip_address = "0.0.0.0"
  # ruleid: terraform.database.public
  end_ip_address   = "255.255.255.255"
}

# Azure's own way to say "services of Azure".
resource "azurerm_mssql_firewall_rule" "azure" {
  start_ip_address = "0.0.0.0"
  # ok: terraform.database.public
  end_ip_address   = "0.0.0.0"
}

resource "aws_rds_cluster_instance" "orders" {
  # ok: terraform.database.public
  publicly_accessible = false
}

resource "aws_eks_cluster" "main" {
  vpc_config {
    endpoint_public_access = true
    # ruleid: terraform.cluster.open-control-plane
    public_access_cidrs    = ["0.0.0.0/0"]
  }
}

resource "google_container_cluster" "main" {
  master_authorized_networks_config {
    cidr_blocks {
      # ruleid: terraform.cluster.open-control-plane
      cidr_block = "0.0.0.0/0"
    }
    cidr_blocks {
      # ok: terraform.cluster.open-control-plane
      cidr_block = "192.0.2.0/28"
    }
  }
}

resource "aws_eks_cluster" "office" {
  vpc_config {
    endpoint_public_access = true
    # ok: terraform.cluster.open-control-plane
    public_access_cidrs    = ["192.0.2.0/28"]
  }
}
