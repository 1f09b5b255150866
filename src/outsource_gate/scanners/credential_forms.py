"""Which credentials say by their form what they are? One row each; pure data.

Every pattern begins with a literal, or is asked only where one of its words stands, and every repetition is
bounded: a text is looked through in linear time, whatever it holds and however long its lines are.
"""
# ruff: noqa: E501 - a row is read as one

from __future__ import annotations

import re
from dataclasses import dataclass

from outsource_gate.model.finding import Confidence

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of credential. The group `v` is its value where the pattern has one, else the whole match is."""

    kind: str
    what: str
    confidence: Confidence
    words: tuple[str, ...]  # one stands in every text with such a credential; one in lower case in any case
    pattern: re.Pattern[str]
    entropy: float = 3.0  # bits per character of the value; less is a stand-in
    alone: bool = True  # no letter, digit or "_" may stand before it


def _form(
    kind: str,
    what: str,
    words: str,
    pattern: str,
    confidence: Confidence = HIGH,
    entropy: float = 3.0,
    *,
    alone: bool = True,
) -> Form:
    return Form(kind, what, confidence, tuple(words.split()), re.compile(pattern, re.ASCII), entropy, alone)


_END = r"(?![A-Za-z0-9_])"
_QUOTED = r"[\"'=:>\s\\]{1,8}"

FORMS: tuple[Form, ...] = (
    _form("aws-access-key", "an AWS access key id", "AKIA ASIA ABIA ACCA", rf"A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{{16}}{_END}", entropy=2.7),
    _form("aws-secret-key", "an AWS secret access key", "aws", rf"(?i:aws)[\w .-]{{0,20}}(?i:secret|private)[\w .-]{{0,30}}{_QUOTED}(?P<v>[A-Za-z0-9/+]{{40}})(?![A-Za-z0-9/+=])", entropy=3.8, alone=False),
    _form("aws-secret-key", "an AWS secret access key", "secretaccesskey", rf"(?i:secretaccesskey){_QUOTED}(?P<v>[A-Za-z0-9/+]{{40}})(?![A-Za-z0-9/+=])", entropy=3.8, alone=False),
    _form("google-api-key", "a Google API key", "AIza", rf"AIza[\w-]{{35}}{_END}", MEDIUM),
    _form("google-oauth-secret", "a Google OAuth client secret", "GOCSPX-", rf"GOCSPX-[\w-]{{28}}{_END}"),
    _form("google-oauth-token", "a Google OAuth token", "ya29.", r"ya29\.[\w-]{40,400}"),
    _form("azure-storage-key", "an Azure storage account key", "AccountKey", r"AccountKey\s{0,2}=\s{0,2}(?P<v>[A-Za-z0-9/+]{86}==)", entropy=4.0, alone=False),
    _form("azure-shared-key", "an Azure shared access key", "SharedAccessKey", r"SharedAccessKey\s{0,2}=\s{0,2}(?P<v>[A-Za-z0-9/+]{42,43}=)", entropy=4.0, alone=False),
    _form("azure-client-secret", "a client secret of Microsoft Entra", "Q~", r"(?<![\w~.-])[\w~.-]{3}[0-9]Q~[\w~.-]{31,34}(?![\w~.-])", alone=False),
    _form("azure-sas", "an Azure shared access signature", "sig=", r"sig=(?P<v>[A-Za-z0-9%]{43,80}%3[Dd])", entropy=3.8),
    _form("github-token", "a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", rf"gh[pousr]_[A-Za-z0-9]{{36,255}}{_END}"),
    _form("github-token", "a GitHub token", "github_pat_", rf"github_pat_[A-Za-z0-9]{{22}}_[A-Za-z0-9]{{59}}{_END}"),
    _form("gitlab-token", "a GitLab token", "glpat- gldt- glrt- glptt- glcbt- glsoat- glft- glimt- glagent- gloas- glffct-", r"gl(?:pat|dt|rt|ptt|cbt|soat|ft|imt|agent|oas|ffct)-[\w.-]{20,300}"),
    _form("slack-token", "a Slack token", "xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xapp-", r"(?:xox[abeoprs]|xapp)-[\w.-]{20,300}"),
    _form("slack-webhook", "a Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<v>[A-Za-z0-9_/-]{30,120})"),
    _form("discord-webhook", "a Discord webhook", "/api/webhooks/", r"/api/webhooks/\d{15,22}/(?P<v>[\w-]{60,80})"),
    _form("stripe-key", "a Stripe key", "sk_live_ rk_live_", rf"[rs]k_live_[A-Za-z0-9]{{20,250}}{_END}"),
    _form("stripe-key", "a Stripe key of test mode", "sk_test_ rk_test_", rf"[rs]k_test_[A-Za-z0-9]{{20,250}}{_END}", MEDIUM),
    _form("stripe-webhook-secret", "a Stripe webhook secret", "whsec_", r"whsec_[A-Za-z0-9/+=]{32,100}"),
    _form("npm-token", "an npm token", "npm_", rf"npm_[A-Za-z0-9]{{36}}{_END}"),
    _form("npm-auth", "a registry token of npm", "_authToken _auth", r"(?m:(?:^|(?<=:))_auth(?:Token)?[ \t]{0,2}=[ \t]{0,2}[\"']?(?P<v>[A-Za-z0-9+/=_-]{16,400}+)[\"']?[ \t]{0,9}\r?$)", alone=False),
    _form("pypi-token", "a PyPI token", "pypi-AgE", r"pypi-AgE[\w-]{50,1000}"),
    _form("rubygems-key", "a RubyGems key", "rubygems_", rf"rubygems_[0-9a-f]{{48}}{_END}"),
    _form("cargo-token", "a crates.io token", "cio", rf"cio[A-Za-z0-9]{{32}}{_END}", entropy=3.8),
    _form("docker-token", "a Docker Hub token", "dckr_", rf"dckr_(?:pat|oat)_[\w-]{{27,40}}{_END}"),
    _form("openai-key", "an OpenAI key", "T3BlbkFJ", rf"sk-[\w-]{{0,120}}T3BlbkFJ[\w-]{{20,120}}{_END}"),
    _form("anthropic-key", "an Anthropic key", "sk-ant-", r"sk-ant-[a-z0-9]{3,12}-[\w-]{80,120}"),
    _form("huggingface-token", "a Hugging Face token", "hf_", rf"hf_[A-Za-z]{{34}}{_END}", entropy=3.5),
    _form("sendgrid-key", "a SendGrid key", "SG.", rf"SG\.[\w-]{{22}}\.[\w-]{{43}}{_END}"),
    _form("twilio-key", "a Twilio key", "SK", rf"SK[0-9a-f]{{32}}{_END}", MEDIUM),
    _form("telegram-token", "a Telegram bot token", ":AA", rf"\d{{8,10}}:AA[\w-]{{33}}{_END}"),
    _form("digitalocean-token", "a DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", rf"do[por]_v1_[0-9a-f]{{64}}{_END}"),
    _form("vault-token", "a HashiCorp Vault token", "hvs. hvb.", r"hv[sb]\.[\w-]{24,300}"),
    _form("terraform-token", "a Terraform Cloud token", ".atlasv1.", rf"[A-Za-z0-9]{{14}}\.atlasv1\.[\w=-]{{60,70}}{_END}"),
    _form("databricks-token", "a Databricks token", "dapi", rf"dapi[0-9a-f]{{32}}(?:-\d)?{_END}"),
    _form("shopify-token", "a Shopify token", "shpat_ shpca_ shppa_ shpss_", rf"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{{32}}{_END}"),
    _form("grafana-token", "a Grafana token", "glsa_ glc_", r"gl(?:sa|c)_[A-Za-z0-9_+/=]{32,400}"),
    _form("newrelic-key", "a New Relic key", "NRAK-", rf"NRAK-[A-Z0-9]{{27}}{_END}"),
    _form("age-key", "an age secret key", "AGE-SECRET-KEY-1", rf"AGE-SECRET-KEY-1[0-9A-Z]{{58}}{_END}"),
    _form("putty-key", "a PuTTY private key", "PuTTY-User-Key-File-", r"Private-Lines: \d{1,4}\s{1,2}(?P<v>[A-Za-z0-9/+=]{20,64})"),
    _form("basic-auth", "a basic authorization header", "basic", r"(?i:authorization)[\"'\]]{0,2}\s{0,3}[:=,]\s{0,3}[\"'`]?(?i:basic)\s{1,3}(?P<v>[A-Za-z0-9+/]{12,300}={0,2})", MEDIUM),
    _form("bearer-token", "a bearer token", "bearer", r"(?i:authorization)[\"'\]]{0,2}\s{0,3}[:=,]\s{0,3}[\"'`]?(?i:bearer)\s{1,3}(?P<v>[A-Za-z0-9+/_.=~-]{20,2000})", MEDIUM, 3.5),
)  # fmt: skip
