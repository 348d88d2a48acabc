// What lies over the picture of a scene: collision pieces, centres of mass, support surfaces, names.

import {
  BufferGeometry, CircleGeometry, Color, DoubleSide, Float32BufferAttribute, Mesh, MeshBasicMaterial, MeshStandardMaterial,
  PlaneGeometry, SphereGeometry, Vector3, Box3,
} from './vendor/three.module.js';
import * as api from './api.js';
import { h, words } from './dom.js';
import { climb } from './viewer.js';

const ON = 0x3fa36f;
const IN = 0x3f7fd0;
const UNSEEN = 1;

/** The layers of a viewer; the shapes of its scene's assets are fetched when they are first asked for. */
export class Layers {
  constructor(viewer, shapes, names) {
    this.viewer = viewer;
    this.path = shapes;
    this.names = names;
    this.made = new Map();
    this.on = new Set();
    viewer.addEventListener('draw', () => this.on.has('names') && this.#name());
  }

  /** The links of an asset with their convex pieces, and its surfaces. */
  async asset(id) {
    this.shapes ??= api.json(this.path).then((all) => new Map(all.map((shape) => [shape.id, shape])));
    return (await this.shapes).get(id);
  }

  /** Show or hide a layer: `collision`, `mass`, `support` or `names`. */
  async show(layer, on) {
    if (on) this.on.add(layer);
    else this.on.delete(layer);
    if (layer === 'names') {
      if (!on) this.names.replaceChildren();
      return this.viewer.draw();
    }
    if (on && !this.made.has(layer)) {
      const make = { collision: (n) => this.#pieces(n), mass: (n) => this.#masses(n), support: (n) => this.#surfaces(n) }[layer];
      const nodes = [...this.viewer.objects.values()];
      this.made.set(layer, Promise.all(nodes.map(make)).then((meshes) => meshes.flat()));
    }
    const meshes = (await this.made.get(layer)) ?? [];
    for (const mesh of meshes) mesh.visible = this.on.has(layer);
    if (layer === 'collision') this.#bare(this.on.has('collision'));
    this.viewer.draw();
  }

  /** While the collision pieces are shown, what is seen otherwise is not. */
  #bare(bare) {
    for (const node of this.viewer.objects.values()) {
      node.traverse((below) => {
        if (below.isMesh && !below.userData.layer && !node.userData.covering) below.layers.set(bare ? UNSEEN : 0);
      });
    }
  }

  async #pieces(node) {
    const asset = await this.asset(node.userData.asset);
    return asset.links.filter((link) => link.pieces.length).map((link) => {
      const parts = link.pieces.map(({ corners, triangles }) => triangles.flat().flatMap((k) => corners[k]));
      const geometry = new BufferGeometry().setAttribute('position', new Float32BufferAttribute(parts.flat(), 3));
      geometry.setAttribute('color', new Float32BufferAttribute(parts.flatMap((part, k) => shades(part.length / 3, k)), 3));
      geometry.computeVertexNormals();
      return hung(new Mesh(geometry, PIECES), linkOf(node, link.name), true);
    });
  }

  async #masses(node) {
    const meshes = [];
    node.traverse((below) => {
      const link = below.userData.link;
      if (!link || climb(below, (above) => above.userData.id) !== node || node.userData.covering) return;
      const mesh = hung(new Mesh(BALL, MASS), below, false);
      mesh.position.set(...link.com);
      mesh.scale.setScalar(Math.min(0.05, 0.008 + 0.012 * Math.cbrt(link.mass)));
      mesh.renderOrder = 10;
      meshes.push(mesh);
    });
    return meshes;
  }

  async #surfaces(node) {
    const asset = await this.asset(node.userData.asset);
    return asset.surfaces.map((surface) => {
      const [depth, width] = surface.size;
      const geometry = surface.round ? new CircleGeometry(0.5, 32) : new PlaneGeometry(1, 1);
      const mesh = hung(new Mesh(geometry, surface.placement === 'in' ? INSIDE : ONTO), linkOf(node, surface.link), false);
      mesh.scale.set(depth, width, 1);
      mesh.position.set(surface.center[0], surface.center[1], surface.center[2] + 0.004);
      return mesh;
    });
  }

  /** Write the names that do not cover each other, nearest first. */
  #name() {
    const { viewer } = this;
    const taken = [];
    const labels = [];
    const box = new Box3();
    const nodes = [...viewer.objects.values()].filter((node) => !node.userData.covering && node.visible);
    const near = (node) => node.getWorldPosition(new Vector3()).distanceTo(viewer.camera.position) - (node.userData.role === 'context' ? 0 : 100);
    for (const node of nodes.sort((a, b) => near(a) - near(b))) {
      const size = node.userData.size;
      const at = viewer.project(node.localToWorld(new Vector3(0, 0, size[2] * 0.6)));
      const text = words(node.userData.name || node.userData.category);
      const half = text.length * 3.4 + 8;
      box.min.set(at.x - half, at.y - 9, 0);
      box.max.set(at.x + half, at.y + 9, 0);
      if (!at.seen || at.x < 0 || at.y < 0 || taken.some((other) => other.intersectsBox(box))) continue;
      taken.push(box.clone());
      const label = h('span', { className: node.userData.role === 'context' ? '' : 'wanted' }, text);
      label.style.transform = `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)`;
      labels.push(label);
    }
    this.names.replaceChildren(...labels);
  }
}

const BALL = new SphereGeometry(1, 16, 12);
const MASS = new MeshBasicMaterial({ color: 0xe0533d, depthTest: false, transparent: true, opacity: 0.9 });
const PIECES = new MeshStandardMaterial({ vertexColors: true, flatShading: true, roughness: 0.9 });
const ONTO = new MeshBasicMaterial({ color: ON, side: DoubleSide, transparent: true, opacity: 0.45, depthWrite: false });
const INSIDE = new MeshBasicMaterial({ color: IN, side: DoubleSide, transparent: true, opacity: 0.45, depthWrite: false });

/** Hang a mesh on a link, unseen as yet; `solid` ones can be picked. */
function hung(mesh, link, solid) {
  if (!solid) mesh.userData.overlay = true;
  mesh.userData.layer = true;
  mesh.visible = false;
  link.add(mesh);
  return mesh;
}

function linkOf(object, name) {
  let found = object;
  object.traverse((node) => {
    if (node.userData.link?.name === name && climb(node, (above) => above.userData.id) === object) found = node;
  });
  return found;
}

/** A colour for each of so many corners; pieces differ in hue. */
function shades(count, k) {
  const { r, g, b } = new Color().setHSL((0.38 + k * 0.381966) % 1, 0.38, 0.62);
  return Array.from({ length: count }, () => [r, g, b]).flat();
}
