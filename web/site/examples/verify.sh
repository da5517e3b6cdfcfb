#!/bin/sh
# sh verify.sh SECRET HEADER <body
expected="sha256=$(openssl dgst -sha256 -hmac "$1" -r | cut -d' ' -f1)"
# Hashed before they are compared: how long it takes then says nothing about the signature.
[ "$(printf %s "$expected" | sha256sum)" = "$(printf %s "$2" | sha256sum)" ]
