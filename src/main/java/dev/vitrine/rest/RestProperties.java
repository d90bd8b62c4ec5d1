package dev.vitrine.rest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param drafts whether versions whose contract is a draft are served
@ConfigurationProperties("vitrine")
record RestProperties(@DefaultValue("false") boolean drafts) {}
