"""Which new name looks like a popular one, and is another? A short list per ecosystem, and few ways to be alike.

Only what people really fall for counts: one character too many, too few, swapped or replaced in a long enough
name, characters that look the same, and separators. Known neighbours have a list of their own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_NAMES = {
    "pypi": """
        requests urllib3 boto3 botocore numpy pandas setuptools cryptography pyyaml certifi idna charset-normalizer
        python-dateutil packaging click jinja2 markupsafe flask django fastapi starlette uvicorn gunicorn werkzeug
        sqlalchemy psycopg2 psycopg2-binary psycopg pymysql pymongo redis celery kombu pillow scipy scikit-learn
        matplotlib tensorflow torch torchvision transformers tokenizers huggingface-hub openai anthropic
        langchain selenium beautifulsoup4 lxml scrapy httpx aiohttp httplib2 websockets websocket-client paramiko
        fabric ansible pytest pytest-cov coverage hypothesis mypy pylint flake8 ruff black isort tox virtualenv
        pipenv poetry pydantic pydantic-core attrs protobuf grpcio google-api-core google-auth azure-core
        azure-identity azure-storage-blob awscli s3transfer jmespath jsonschema rich typer tqdm colorama pygments
        docutils sphinx wheel tomli toml filelock platformdirs distlib pyjwt oauthlib requests-oauthlib rsa pyasn1
        cffi pycparser pyopenssl bcrypt passlib psutil pyparsing pytz tzdata tzlocal docker kubernetes xmltodict
        simplejson ujson orjson msgpack sympy networkx nltk spacy gensim opencv-python plotly streamlit dash
        jupyter notebook ipython ipykernel nbconvert python-dotenv marshmallow alembic sentry-sdk prometheus-client
        loguru structlog tenacity cachetools more-itertools typing-extensions importlib-metadata zipp six decorator
        pexpect ptyprocess tabulate termcolor openpyxl xlrd reportlab pypdf pypdf2 pdfminer-six elasticsearch
        kafka-python discord-py tweepy telethon stripe twilio web3 eth-account bitcoinlib dateparser types-requests
        mock aioredis hiredis fakeredis flask-cors django-cors-headers djangorestframework
    """,
    "npm": """
        lodash react react-dom preact vue angular express chalk commander debug axios moment request webpack
        babel-core @babel/core @babel/preset-env @babel/runtime typescript eslint prettier jest mocha chai sinon
        async bluebird underscore uuid yargs minimist glob rimraf mkdirp semver colors cross-env cross-spawn dotenv
        body-parser cookie-parser cors helmet morgan passport jsonwebtoken bcrypt bcryptjs mongoose mongodb mysql
        mysql2 pg redis ioredis sequelize knex prisma @prisma/client graphql apollo-server @apollo/client socket.io
        socket.io-client ws node-fetch cross-fetch superagent supertest got nodemon pm2 electron electron-builder
        next nuxt gatsby svelte rollup vite esbuild parcel gulp grunt browserify tailwindcss postcss autoprefixer
        sass node-sass less styled-components @emotion/react @mui/material antd bootstrap jquery d3 three chart.js
        redux react-redux @reduxjs/toolkit redux-thunk redux-saga mobx zustand react-router react-router-dom
        formik yup zod ajv joi inquirer ora execa shelljs fs-extra chokidar puppeteer playwright cheerio jsdom
        winston pino bunyan nodemailer multer sharp jimp handlebars mustache ejs pug marked highlight.js classnames
        date-fns dayjs luxon immutable ramda rxjs tslib core-js regenerator-runtime husky lint-staged concurrently
        event-stream ua-parser-js coa rc node-ipc ethers web3 discord.js telegraf firebase firebase-admin aws-sdk
        @types/node @types/react @angular/core @nestjs/core @nestjs/common @vue/cli eslint-plugin-react ts-node
        tsx typeorm class-validator class-transformer reflect-metadata crypto-js node-forge form-data qs
    """,
    "golang": "",
    "cargo": """
        serde serde_json serde_yaml serde_derive tokio reqwest hyper clap rand regex log env_logger tracing
        tracing-subscriber anyhow thiserror chrono futures async-trait axum actix-web actix-rt rocket diesel sqlx
        rayon crossbeam lazy_static once_cell itertools bytes base64 sha2 digest openssl rustls ring url uuid
        bitflags libc syn quote proc-macro2 num-traits parking_lot hashbrown indexmap tempfile walkdir toml
        semver cc bindgen wasm-bindgen rust_decimal tonic prost tower warp nom csv
    """,
    "gem": """
        rails rake bundler rack rspec nokogiri activesupport activerecord actionpack actionmailer activejob puma
        unicorn sidekiq resque devise pundit cancancan capistrano sinatra faraday httparty rest-client json i18n
        tzinfo thor minitest mocha capybara selenium-webdriver factory_bot faker rubocop brakeman redis mysql2
        sqlite3 bcrypt jwt omniauth carrierwave paperclip kaminari will_paginate sass-rails webpacker turbolinks
        sassc-rails simple_form jbuilder bootsnap spring byebug dotenv
    """,
    "composer": """
        symfony/console symfony/http-foundation symfony/yaml symfony/process laravel/framework guzzlehttp/guzzle
        monolog/monolog phpunit/phpunit doctrine/orm doctrine/dbal twig/twig nesbot/carbon ramsey/uuid
        league/flysystem fakerphp/faker vlucas/phpdotenv firebase/php-jwt phpmailer/phpmailer predis/predis
        psr/log composer/composer nikic/php-parser swiftmailer/swiftmailer mockery/mockery phpstan/phpstan
    """,
    "nuget": """
        newtonsoft.json serilog automapper dapper nunit xunit moq fluentassertions polly mediatr entityframework
        swashbuckle.aspnetcore microsoft.entityframeworkcore npgsql mysql.data stackexchange.redis restsharp
        log4net nlog castle.core humanizer fluentvalidation csvhelper hangfire identitymodel
        bouncycastle.cryptography
    """,
    "maven": "",
    "docker": """
        library/alpine library/ubuntu library/debian library/python library/node library/nginx library/postgres
        library/redis library/mysql library/mariadb library/golang library/busybox library/openjdk library/httpd
        library/mongo library/rabbitmq library/memcached library/haproxy library/traefik library/jenkins
    """,
    "github": """
        actions/checkout actions/setup-node actions/setup-python actions/setup-java actions/setup-go actions/cache
        actions/upload-artifact actions/download-artifact actions/github-script docker/build-push-action
        docker/login-action docker/setup-buildx-action aws-actions/configure-aws-credentials
        google-github-actions/auth azure/login codecov/codecov-action softprops/action-gh-release
    """,
}
# Real packages that are close to one of these; nobody is warned of them, and nothing is like them.
_NEIGHBOURS = frozenset(
    {
        "fastai",
        "pyaml",
        "pylink",
        "pymssql",
        "scapy",
        "unicorn",
        "djongo",
        "@apollo/server",
        "apollo-client",
        "aws-cdk",
        "color",
        "colord",
        "graphiql",
        "reqwest",
        "babel-runtime",
        "babel-preset-env",
        "crypto-es",
        "telegram",
    }
)
_LEAST = 6  # letters of a name that one character is compared in; short names are too close to one another
_LOOKS = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s", "|": "l", "$": "s"})
_CONFUSED = str.maketrans("асеорхуіјѕԁһӏνοαρτωκΙ", "aceopxyijsdhlvoaptwkl")


def look_alike(ecosystem: str, name: str) -> str:
    """The popular name that this one could be taken for; "" where it is one itself, or like none."""
    names, bare, by_length = _table(ecosystem)
    lowered = name.lower()
    if not names or lowered in names or lowered in _NEIGHBOURS:
        return ""
    if (seen := bare.get(_looks(lowered))) is not None:
        return seen
    if len(lowered) > 60:
        return ""
    for length in range(len(lowered) - 1, len(lowered) + 2):
        for known in by_length.get(length, ()):
            if _is_one_off(lowered, known):
                return known
    return ""


@cache
def _table(ecosystem: str) -> tuple[frozenset[str], dict[str, str], dict[int, tuple[str, ...]]]:
    names = frozenset(_NAMES.get(ecosystem, "").split())
    lengths: dict[int, list[str]] = {}
    for name in sorted(names):
        if len(_letters(name)) >= _LEAST - 1:
            lengths.setdefault(len(name), []).append(name)
    bare = {_looks(name): name for name in sorted(names, reverse=True) if len(name) > 3}
    return names, bare, {length: tuple(known) for length, known in lengths.items()}


def _letters(name: str) -> str:
    return re.sub(r"[\W\d_]+", "", name.rpartition("/")[2], flags=re.ASCII)


def _looks(name: str) -> str:
    """How a name looks at a glance: without separators and accents, and what looks the same made the same."""
    flat = unicodedata.normalize("NFKD", name).translate(_CONFUSED)
    flat = "".join(char for char in flat if not unicodedata.combining(char)).translate(_LOOKS)
    return re.sub(r"[-_.@/\s\u200b-\u200f]", "", flat).replace("rn", "m").replace("vv", "w").replace("cl", "d")


def _is_one_off(name: str, known: str) -> bool:
    """One edit apart, or a swap of neighbours; another number or another first letter makes another name."""
    if len(name) == len(known):
        differs = [at for at, (one, other) in enumerate(zip(name, known, strict=True)) if one != other]
        if len(differs) == 2 and differs[1] == differs[0] + 1:
            first, second = differs
            return name[first] == known[second] and name[second] == known[first]
        return (
            len(_letters(known)) >= _LEAST
            and len(differs) == 1
            and differs[0] > 0
            and not _is_plain(name[differs[0]] + known[differs[0]])
        )
    if len(_letters(known)) < _LEAST:
        return False
    longer, shorter = (name, known) if len(name) > len(known) else (known, name)
    at = next((at for at, char in enumerate(shorter) if longer[at] != char), len(shorter))
    return longer[at + 1 :] == shorter[at:] and at > 0 and not _is_plain(longer[at])


def _is_plain(edited: str) -> bool:
    """A number says which version or variant it is; a separator was looked at before."""
    return any(char.isdigit() for char in edited)
