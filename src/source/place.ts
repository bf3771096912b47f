/** What the path of a log says of where it was made. */
export interface Place {
  readonly account: string | undefined
  readonly region: string | undefined
}

/** How AWS lays logs out under `AWSLogs`, plain and Hive-style, and how it calls the files. */
const LAYOUTS = [
  /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?(?<account>\d{12})\/vpcflowlogs\/(?<region>[a-z]{2}(?:-[a-z]+)+-\d+)\//,
  /(?:^|\/)aws-account-id=(?<account>\d{12})\/aws-service=vpcflowlogs\/aws-region=(?<region>[a-z]{2}(?:-[a-z]+)+-\d+)\//,
  /(?:^|\/)(?<account>\d{12})_vpcflowlogs_(?<region>[a-z]{2}(?:-[a-z]+)+-\d+)_[^/]*$/,
]

/** The account and region in the name of an object, where AWS put it there. */
export function placeOf(name: string): Place {
  for (const layout of LAYOUTS) {
    const groups = layout.exec(name.replaceAll('\\', '/'))?.groups
    if (groups) return { account: groups['account'], region: groups['region'] }
  }
  return { account: undefined, region: undefined }
}
