// Hosts to which a built site is carried: nginx on a machine of one's own, and S3 with CloudFront in front of it.
import type { NewFile } from './files.js'
import { askAgain, forEver, securityHeaders } from './headers.js'
import type { DeployedSite } from './site.js'

const quoted = (value: string): string => `"${value.replaceAll('"', '\\"')}"`
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export function nginxFiles({ config, host, packages }: DeployedSite): readonly NewFile[] {
  const { basePath } = config
  const folder = basePath.replace(/\/$/, '')
  const text = `# A server for the site. Put it into /etc/nginx/conf.d/ (or sites-enabled/), test it and load it:
#   sudo nginx -t && sudo systemctl reload nginx
# Publish, with pages after what they ask for and deletions last:
#   ${packages.run} inkstone build
#   rsync -rt --exclude=/_redirects --exclude=/_headers dist/assets/ ${host}:/var/www/${host}${folder}/assets/
#   rsync -rt --delay-updates --delete-after dist/ ${host}:/var/www/${host}${folder}/
# HTTPS: sudo certbot --nginx -d ${host}

# Names in assets/ hold the hash of their bytes and never change; all else is asked for again.
map $uri $inkstone_cache {
    ~^${literal(basePath)}assets/ ${quoted(forEver)};
    default ${quoted(askAgain)};
}

server {
    listen 80;
    listen [::]:80;
    server_name ${host};
    root /var/www/${host};

    charset utf-8;
    error_page 404 ${basePath}404.html;

    # A location with an add_header of its own would lose these: keep them all here.
    add_header Cache-Control $inkstone_cache;
${Object.entries(securityHeaders)
  .map(([name, value]) => `    add_header ${name} ${quoted(value)} always;\n`)
  .join('')}
    gzip on;
    gzip_vary on;
    gzip_min_length 1024;
    gzip_types text/css text/javascript application/javascript application/json application/feed+json
               application/xml application/rss+xml application/atom+xml text/xml text/plain image/svg+xml
               application/wasm;

    # /about/ is about/index.html; /about leads there, behind whatever proxy.
    index index.html;
    absolute_redirect off;

    # Lists for other hosts are no pages.
    location = ${basePath}_redirects { return 404; }
    location = ${basePath}_headers { return 404; }
}
`
  return [{ path: 'deploy/nginx.conf', text }]
}

export function s3Files({ config, host, packages }: DeployedSite): readonly NewFile[] {
  const prefix = config.basePath.slice(1)
  const script = `#!/usr/bin/env bash
# Builds the site and carries it to S3: what pages ask for first, then the pages, deletions last.
#   BUCKET=${host} DISTRIBUTION=E123 bash deploy/s3.sh
# Once, for addresses that end in / and for 404.html (the bucket as a website, CloudFront in front of its endpoint):
#   aws s3api put-bucket-website --bucket "$BUCKET" --website-configuration file://deploy/s3-website.json
#   aws cloudfront create-response-headers-policy --response-headers-policy-config file://deploy/cloudfront-headers.json
set -euo pipefail
cd "$(dirname "$0")/.."
: "\${BUCKET:?name the bucket: BUCKET=… bash deploy/s3.sh}"
place="s3://$BUCKET/${prefix}"

${packages.run} inkstone build
aws s3 sync dist/assets "\${place}assets" --cache-control '${forEver}'
aws s3 sync dist "$place" --exclude 'assets/*' --exclude _redirects --exclude _headers --cache-control '${askAgain}'
aws s3 sync dist "$place" --delete --size-only --exclude _redirects --exclude _headers
if [ -n "\${DISTRIBUTION:-}" ]; then
  aws cloudfront create-invalidation --distribution-id "$DISTRIBUTION" --paths '${config.basePath}*'
fi
`
  const website = {
    IndexDocument: { Suffix: 'index.html' },
    ErrorDocument: { Key: `${prefix}404.html` },
  }
  const policy = {
    Name: `inkstone-${host.replace(/[^\w-]+/g, '-')}`,
    SecurityHeadersConfig: {
      ContentSecurityPolicy: {
        Override: true,
        ContentSecurityPolicy: securityHeaders['Content-Security-Policy'],
      },
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { Override: true, ReferrerPolicy: securityHeaders['Referrer-Policy'] },
      StrictTransportSecurity: { Override: true, AccessControlMaxAgeSec: 31_536_000 },
    },
    CustomHeadersConfig: {
      Quantity: 2,
      Items: ['Permissions-Policy', 'Cross-Origin-Opener-Policy'].map((name) => ({
        Header: name,
        Value: securityHeaders[name],
        Override: true,
      })),
    },
  }
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`
  return [
    { path: 'deploy/s3.sh', text: script },
    { path: 'deploy/s3-website.json', text: json(website) },
    { path: 'deploy/cloudfront-headers.json', text: json(policy) },
  ]
}
