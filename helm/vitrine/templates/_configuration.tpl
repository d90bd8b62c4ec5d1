{{/* The names of all properties of a YAML tree, one a line: nested and dotted keys mean the same to the service. */}}
{{- define "vitrine.properties" -}}
{{- $prefix := .prefix -}}
{{- range $key, $value := .tree -}}
{{- if kindIs "map" $value -}}
{{- include "vitrine.properties" (dict "prefix" (printf "%s%s." $prefix $key) "tree" $value) -}}
{{- else if not (kindIs "invalid" $value) -}}
{{- printf "%s%s\n" $prefix $key -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What the chart itself tells every pod. */}}
{{- define "vitrine.settings" -}}
server:
  port: 8080
spring:
  config:
    import: "optional:configtree:/etc/vitrine/secrets/"
  lifecycle:
    timeout-per-shutdown-phase: {{ .Values.shutdown.requests }}s
vitrine:
  contracts: /etc/vitrine/contracts
  data: /var/lib/vitrine
  store: {{ .Values.store }}
  drain: {{ .Values.shutdown.drain }}s
{{- end -}}

{{/* application.yaml: the values' configuration and the chart's, of which the latter wins. */}}
{{- define "vitrine.application" -}}
{{- toYaml (mergeOverwrite (deepCopy .Values.config) (fromYaml (include "vitrine.settings" .))) -}}
{{- end -}}

{{/* Refuses values that would install something that cannot start or is not safe: all reasons at once. */}}
{{- define "vitrine.refusals" -}}
{{- $properties := splitList "\n" (include "vitrine.properties" (dict "prefix" "" "tree" .Values.config) | trim) | compact -}}
{{- $known := concat $properties (keys .Values.secrets) -}}
{{- $reasons := list -}}
{{- $sources := 0 -}}
{{- range list .Values.contracts.files .Values.contracts.configMap .Values.contracts.volume -}}
{{- if . -}}{{- $sources = add1 $sources -}}{{- end -}}
{{- end -}}
{{- if ne (int $sources) 1 -}}
{{- $reasons = append $reasons (printf "%d sources of contracts are set; set exactly one of contracts.files, contracts.configMap and contracts.volume" (int $sources)) -}}
{{- end -}}
{{- $issuer := "spring.security.oauth2.resourceserver.jwt" -}}
{{- if not (or (has (printf "%s.issuer-uri" $issuer) $known) (has (printf "%s.jwk-set-uri" $issuer) $known)) -}}
{{- $reasons = append $reasons (printf "config.%s.issuer-uri is not set; without an issuer of tokens the service does not start" $issuer) -}}
{{- end -}}
{{- range $own := list "server.port" "spring.config.import" "spring.lifecycle.timeout-per-shutdown-phase" "vitrine.contracts" "vitrine.data" "vitrine.store" "vitrine.roles" "vitrine.drain" -}}
{{- if has $own $known -}}
{{- $reasons = append $reasons (printf "%s is set by the chart; take it out of config and secrets (store and shutdown have values of their own)" $own) -}}
{{- end -}}
{{- end -}}
{{- range $property := $properties -}}
{{- if regexMatch "(?i)(password|passphrase|secret|account\\.key|(^|[.-])key)$|\\.account\\.key\\." $property -}}
{{- $reasons = append $reasons (printf "config.%s looks like a secret; keep it in a Secret and name that: secrets: {%q: {name: …, key: …}}" $property $property) -}}
{{- end -}}
{{- end -}}
{{- if and (eq .Values.store "cosmos") (not (has "vitrine.cosmos.endpoint" $known)) -}}
{{- $reasons = append $reasons "config.vitrine.cosmos.endpoint is not set; store: cosmos needs the address of the account" -}}
{{- end -}}
{{- if ge (int .Values.shutdown.drain) (int .Values.shutdown.requests) -}}
{{- $reasons = append $reasons "shutdown.drain is not less than shutdown.requests, which would cut it off" -}}
{{- end -}}
{{- if and .Values.metrics.serviceMonitor.enabled (not .Values.metrics.serviceMonitor.auth) -}}
{{- $reasons = append $reasons "metrics.serviceMonitor.auth is empty; Prometheus needs a token with the scope vitrine:metrics, through oauth2 or authorization" -}}
{{- end -}}
{{- if and .Values.expose.gateway.enabled (not .Values.expose.gateway.parentRefs) -}}
{{- $reasons = append $reasons "expose.gateway.parentRefs is empty; name the Gateway that the route belongs to" -}}
{{- end -}}
{{- if $reasons -}}
{{- fail (printf "\n\nVitrine cannot be installed with these values:\n  - %s\n" (join "\n  - " $reasons)) -}}
{{- end -}}
{{- end -}}
