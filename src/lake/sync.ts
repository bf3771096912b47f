import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Has a file or folder on disk before it goes on. */
export async function sync(path: string): Promise<void> {
  const file = await open(path)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Has all that is in a folder on disk, and the folder. */
export async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await sync(join(entry.parentPath, entry.name))
  await sync(folder)
}
