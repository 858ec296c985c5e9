{{/* What the programs are: one row a stage. The component is the stage's name in its group, its metrics and its logs;
     topics are what its group consumes (for scaling on lag). tests/deploy compares the rows with PROGRAM --help. */}}
{{- define "cleanclaim.stages" -}}
intake:    {component: intake,            command: [/usr/local/bin/intake],               topics: []}
coder:     {component: coder,             command: [/usr/local/bin/coder],                topics: [encounters, claims.decisions]}
validator: {component: validator,         command: [/usr/local/bin/validator],            topics: [claims.coded, claims.decisions]}
build:     {component: submitter-build,   command: [/usr/local/bin/submitter, build],     topics: [claims.clean]}
deliver:   {component: submitter-deliver, command: [/usr/local/bin/submitter, deliver],   topics: [interchanges]}
follow:    {component: submitter-follow,  command: [/usr/local/bin/submitter, follow],    topics: [payer.replies, payer.answers, interchanges, claims.status, claims.clean]}
{{- end }}

{{- define "cleanclaim.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* Longest name built on it: -submitter-deliver */}}
{{- define "cleanclaim.fullname" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "cleanclaim.name" .) .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name (include "cleanclaim.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "cleanclaim.selector" -}}
app.kubernetes.io/name: {{ include "cleanclaim.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "cleanclaim.labels" -}}
{{ include "cleanclaim.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "cleanclaim.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{- define "cleanclaim.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "cleanclaim.fullname" .) }}
{{- else }}{{ .Values.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/* env - settings that were given, and those that name a file. Takes (dict "settings" (list …) "files" (list …) "fixed" dict).
     What the chart sets itself ("fixed") no value changes. */}}
{{- define "cleanclaim.env" -}}
{{- $all := dict }}
{{- range .settings }}{{- range $name, $value := . }}
{{- if ne (toString $value) "" }}{{- $_ := set $all $name (toString $value) }}{{- end }}
{{- end }}{{- end }}
{{- range .files }}{{- range $name, $from := . }}
{{- if $from }}{{- $_ := set $all $name (printf "/etc/cleanclaim/%s" $name) }}{{- end }}
{{- end }}{{- end }}
{{- range $name, $value := .fixed }}{{- $_ := set $all $name $value }}{{- end }}
{{- range $name, $value := $all }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* files - the volume of all settings that name a file: one path each, called as the setting */}}
{{- define "cleanclaim.files" -}}
- name: files
  projected:
    defaultMode: 0440
    sources:
    {{- $n := 0 }}
    {{- range . }}{{- range $name, $from := . }}
    {{- if $from }}
    {{- $n = add1 $n }}
    {{- if and (get $from "secret") (get $from "configMap") }}{{ fail (printf "files.%s: secret or configMap, not both" $name) }}{{ end }}
    {{- if (get $from "secret") }}
      - secret:
          name: {{ (get $from "secret") }}
          items: [{key: {{ required (printf "files.%s.key" $name) (get $from "key") }}, path: {{ $name }}}]
    {{- else }}
      - configMap:
          name: {{ required (printf "files.%s: secret or configMap" $name) (get $from "configMap") }}
          items: [{key: {{ required (printf "files.%s.key" $name) (get $from "key") }}, path: {{ $name }}}]
    {{- end }}
    {{- end }}
    {{- end }}{{- end }}
    {{- if eq $n 0 }} []{{- end }}
{{- end }}

{{- define "cleanclaim.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "cleanclaim.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* job - pod of the operator's command. Takes (dict "root" . "component" … "init" (list of argv) "args" argv "files" (list …) "settings" (list …) "volumes" … "mounts" …) */}}
{{- define "cleanclaim.jobPod" -}}
{{- $root := .root }}
metadata:
  labels:
    {{- include "cleanclaim.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
spec:
  restartPolicy: OnFailure
  serviceAccountName: default
  automountServiceAccountToken: false
  enableServiceLinks: false
  securityContext:
    {{- include "cleanclaim.podSecurity" $root | nindent 4 }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets: {{ toYaml . | nindent 4 }}
  {{- end }}
  {{- with $root.Values.nodeSelector }}
  nodeSelector: {{ toYaml . | nindent 4 }}
  {{- end }}
  {{- with $root.Values.tolerations }}
  tolerations: {{ toYaml . | nindent 4 }}
  {{- end }}
  {{- range $i, $argv := .commands }}
  {{- if eq $i (sub (len $.commands) 1) }}
  containers:
  {{- else if eq $i 0 }}
  initContainers:
  {{- end }}
    - name: {{ index $argv 1 }}-{{ index $argv 2 }}
      image: {{ include "cleanclaim.image" $root }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command: {{ toJson (slice $argv 0 1) }}
      args: {{ toJson (slice $argv 1) }}
      env:
        {{- include "cleanclaim.env" (dict "settings" $.settings "files" $.files "fixed" dict) | nindent 8 }}
      securityContext:
        {{- include "cleanclaim.containerSecurity" $root | nindent 8 }}
      resources: {{ toYaml $root.Values.jobs.resources | nindent 8 }}
      volumeMounts:
        - {name: files, mountPath: /etc/cleanclaim, readOnly: true}
        - {name: tmp, mountPath: /tmp}
        {{- with get $ "mounts" }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  {{- end }}
  volumes:
    {{- include "cleanclaim.files" .files | nindent 4 }}
    - name: tmp
      emptyDir: {sizeLimit: {{ $root.Values.jobs.tmp }}}
    {{- with get . "volumes" }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
