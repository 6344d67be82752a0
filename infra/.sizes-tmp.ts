import { readFileSync, writeFileSync } from 'node:fs';
const text = readFileSync('/work/main/infra/bundle.ts','utf8').replace("if (bytes > maximumBundleBytes) {","if (false) {");
writeFileSync('/work/main/infra/.bundle-tmp.ts', text);
const { bundleFunctions } = await import('/work/main/infra/.bundle-tmp.ts');
for (const name of process.argv.slice(2)) {
  const [b] = await bundleFunctions({ entries: {[name]:`functions/${name}.ts`}, outdir: '/tmp/bundles' });
  const groups: Record<string, number> = {};
  for (const [f,n] of Object.entries(b.sources) as [string, number][]) {
    const m = /node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(f);
    const key = m ? m[1]! : f.split('/').slice(0, 3).join('/');
    groups[key] = (groups[key] ?? 0) + n;
  }
  console.log(name, b.bytes);
  for (const [k,n] of Object.entries(groups).sort((l,r)=>r[1]-l[1]).slice(0,8)) console.log('   ', n, k);
}
for (const name of process.argv.slice(2)) {
  const [b] = await bundleFunctions({ entries: {[name]:`functions/${name}.ts`}, outdir: '/tmp/bundles' });
  for (const [f,n] of (Object.entries(b.sources) as [string, number][]).sort((l,r)=>r[1]-l[1]).filter(([f])=>f.includes('smithy/core')||f.includes('aws-sdk/core')||f.includes('zod')||f.includes('dynamodb')).slice(0,12)) console.log('   ', n, f.replace('node_modules/',''));
}
