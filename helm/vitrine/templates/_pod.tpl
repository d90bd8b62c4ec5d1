{{/*
The pod template of a workload. Called with
  root       the chart's context
  component  api, sync or all
  roles      what vitrine.roles says; empty: both
  resources  of the container
  data       the volume below /var/lib/vitrine; empty: a claim template has that name
*/}}
{{- define "vitrine.pod" -}}
{{- $values := .root.Values -}}
metadata:
  labels:
    {{- include "vitrine.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
    {{- if $values.workloadIdentity.azureClientId }}
    azure.workload.identity/use: "true"
    {{- end }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    # A changed configuration is a new pod; contracts are followed while it runs.
    checksum/config: {{ include "vitrine.application" .root | sha256sum }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "vitrine.serviceAccount" .root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ add $values.shutdown.preStop $values.shutdown.drain $values.shutdown.requests 10 }}
  securityContext:
    {{- toYaml $values.podSecurityContext | nindent 4 }}
  {{- with $values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if ne .component "all" }}
  topologySpreadConstraints:
    {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - topologyKey: {{ $key }}
      maxSkew: 1
      whenUnsatisfiable: ScheduleAnyway
      matchLabelKeys: [pod-template-hash]
      labelSelector:
        matchLabels:
          {{- include "vitrine.selector" $.root | nindent 10 }}
          app.kubernetes.io/component: {{ $.component }}
    {{- end }}
  {{- end }}
  containers:
    - name: vitrine
      image: {{ include "vitrine.image" .root }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      securityContext:
        {{- toYaml $values.securityContext | nindent 8 }}
      ports:
        - name: http
          containerPort: 8080
      env:
        - name: SPRING_CONFIG_ADDITIONAL_LOCATION
          value: "file:/etc/vitrine/config/"
        {{- if .roles }}
        - name: VITRINE_ROLES
          value: {{ .roles }}
        {{- else }}
        # Percent that the image's launcher leaves beside the heap, for the mapped files of the store.
        - name: BPL_JVM_HEAD_ROOM
          value: "25"
        {{- end }}
        {{- with $values.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      # The process itself, whatever the tables, the store or the issuer do.
      startupProbe:
        httpGet: {path: /actuator/health/liveness, port: http}
        periodSeconds: 2
        failureThreshold: 90
      livenessProbe:
        httpGet: {path: /actuator/health/liveness, port: http}
        periodSeconds: 10
        timeoutSeconds: 3
        failureThreshold: 3
      # Every table could be read once, and it is not going.
      readinessProbe:
        httpGet: {path: /actuator/health/readiness, port: http}
        periodSeconds: 5
        timeoutSeconds: 3
        failureThreshold: 2
      lifecycle:
        preStop:
          sleep: {seconds: {{ $values.shutdown.preStop }}}
      resources:
        {{- toYaml .resources | nindent 8 }}
      volumeMounts:
        - {name: config, mountPath: /etc/vitrine/config, readOnly: true}
        - {name: contracts, mountPath: /etc/vitrine/contracts, readOnly: true}
        {{- if $values.secrets }}
        - {name: secrets, mountPath: /etc/vitrine/secrets, readOnly: true}
        {{- end }}
        - {name: data, mountPath: /var/lib/vitrine}
        - {name: tmp, mountPath: /tmp}
  volumes:
    - name: config
      configMap:
        name: {{ include "vitrine.fullname" .root }}
    - name: contracts
      {{- if $values.contracts.volume }}
      {{- toYaml $values.contracts.volume | nindent 6 }}
      {{- else }}
      configMap:
        name: {{ default (printf "%s-contracts" (include "vitrine.fullname" .root)) $values.contracts.configMap }}
      {{- end }}
    {{- if $values.secrets }}
    - name: secrets
      projected:
        defaultMode: 0440
        sources:
          {{- range $property, $reference := $values.secrets }}
          - secret:
              name: {{ $reference.name }}
              items:
                - {key: {{ $reference.key | quote }}, path: {{ $property | quote }}}
          {{- end }}
    {{- end }}
    {{- with .data }}
    - name: data
      {{- toYaml . | nindent 6 }}
    {{- end }}
    - name: tmp
      emptyDir: {sizeLimit: 1Gi}
{{- end -}}
