"""The jobs as forges run them: the GitHub Action under act, the GitLab template under gitlab-ci-local."""
