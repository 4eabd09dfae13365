{{- define "parvis.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "parvis.about" -}}
{{ include "parvis.labels" . }}
app.kubernetes.io/part-of: parvis
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{- define "parvis.image" -}}
{{ .image.repository }}:{{ .image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- define "parvis.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "parvis.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "parvis.addresses" -}}
{{- $all := dict "identity" .Values.identity.url -}}
{{- $release := .Release.Name -}}
{{- range $name, $_ := .Values.services }}{{ $_ := set $all $name (printf "http://%s-%s:4000" $release $name) }}{{ end -}}
{{- $all | toJson -}}
{{- end }}
