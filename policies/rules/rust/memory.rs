fn read(pointer: *const u8, length: usize) {
    // ruleid: rust.memory.transmute
    let a: u32 = unsafe { std::mem::transmute(value) };
    // ruleid: rust.memory.transmute
    let b = unsafe { mem::transmute::<u32, f32>(value) };
    // ok: rust.memory.transmute
    let c = f32::from_bits(value);
    // ok: rust.memory.transmute
    let d = bytemuck::cast(value);
    // ruleid: rust.memory.raw-parts
    let e = unsafe { std::slice::from_raw_parts(pointer, length) };
    // ruleid: rust.memory.raw-parts
    let f = unsafe { slice::from_raw_parts_mut(pointer, header.length as usize) };
    // ok: rust.memory.raw-parts
    let g = unsafe { slice::from_raw_parts(pointer, 16) };
    // ok: rust.memory.raw-parts
    let h = unsafe { slice::from_raw_parts(other.as_ptr(), other.len()) };
}
