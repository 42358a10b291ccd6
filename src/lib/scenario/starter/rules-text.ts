/** rules.yaml of the starter. */
export const RULES = `groups:
  - name: %id%
    interval: 15s
    rules:
      - alert: ErrorShareHigh
        expr: |
          sum by (service) (rate(http_requests_total{service="%victim%",status=~"5.."}[2m]))
            / sum by (service) (rate(http_requests_total{service="%victim%"}[2m])) > 0.05
        for: 1m
        labels:
          severity: critical
        annotations:
          summary: "{{ $labels.service }} answers with errors"
          description: "{{ $value | humanizePercentage }} of the requests to {{ $labels.service }} failed in the last two minutes."
          runbook_url: "https://runbooks.example/error-share"
`;
